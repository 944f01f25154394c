// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

/** Roles that are always there and cannot be changed, with PostgreSQL's ids (chapter 22.5). */
public enum PredefinedRole {
  /** Its one member is the owner of the database that one is in. */
  PG_DATABASE_OWNER(6171),
  PG_READ_ALL_DATA(6181),
  PG_WRITE_ALL_DATA(6182);

  private final long id;

  PredefinedRole(long id) {
    this.id = id;
  }

  public long id() {
    return id;
  }

  Role role() {
    return Role.plain(id, name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Whether {@code role} is the id of one of these. */
  public static boolean is(long role) {
    for (PredefinedRole predefined : values()) {
      if (predefined.id == role) {
        return true;
      }
    }
    return false;
  }
}
