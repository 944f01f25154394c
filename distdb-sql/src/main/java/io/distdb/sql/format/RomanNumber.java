// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

/** Roman numbers from 1 to 3999. */
final class RomanNumber {
  private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

  private static final String[] DIGITS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };

  private RomanNumber() {}

  static String of(int number) {
    StringBuilder roman = new StringBuilder();
    int rest = number;
    for (int i = 0; i < VALUES.length; i++) {
      while (rest >= VALUES[i]) {
        roman.append(DIGITS[i]);
        rest -= VALUES[i];
      }
    }
    return roman.toString();
  }
}
