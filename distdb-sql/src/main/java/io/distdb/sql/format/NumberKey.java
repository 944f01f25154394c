// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

/** Template patterns for numbers. */
enum NumberKey {
  SCIENTIFIC("EEEE"),
  FILL_MODE("FM"),
  MINUS("MI"),
  PLUS("PL"),
  BRACKETS("PR"),
  ROMAN("RN"),
  SIGN_HERE("SG"),
  ORDINAL("TH"),
  GROUP_COMMA(","),
  POINT("."),
  ZERO("0"),
  NINE("9"),
  BLANK("B"),
  CURRENCY("L"),
  POINT_OF_LOCALE("D"),
  GROUP_OF_LOCALE("G"),
  SIGN("S"),
  SHIFT("V");

  private final String name;

  NumberKey(String name) {
    this.name = name;
  }

  String text() {
    return name;
  }
}
