// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.Locale;

/** Kinds of objects that privileges are granted on, and which (PostgreSQL's table 5.2). */
public enum Securable {
  TABLE("arwdDxt", ""),
  VIEW("arwdDxt", ""),
  SEQUENCE("rwU", ""),
  SCHEMA("UC", ""),
  DATABASE("CTc", "Tc"),
  COLUMN("arwx", "");

  private final int privileges;
  private final int ofPublic;

  Securable(String privileges, String ofPublic) {
    this.privileges = Privilege.bits(privileges);
    this.ofPublic = Privilege.bits(ofPublic);
  }

  /** All that there are, as bits: what ALL grants and what an owner has from the start. */
  public int privileges() {
    return privileges;
  }

  /** What everybody has from the start. */
  int ofPublic() {
    return ofPublic;
  }

  /** As messages call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
