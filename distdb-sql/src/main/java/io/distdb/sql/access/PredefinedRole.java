// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

/** Roles that are always there and cannot be changed, with PostgreSQL's ids (chapter 22.5). */
public enum PredefinedRole {
  /** Its one member is the owner of the database that one is in. */
  PG_DATABASE_OWNER(6171),
  PG_READ_ALL_DATA(6181),
  PG_WRITE_ALL_DATA(6182),
  /** COPY from files of the server. */
  PG_READ_SERVER_FILES(4569),
  /** COPY to files of the server. */
  PG_WRITE_SERVER_FILES(4570),
  PG_CHECKPOINT(4544),
  /** Cancel and end others' sessions, but for superusers'. */
  PG_SIGNAL_BACKEND(4200);

  private final long id;

  PredefinedRole(long id) {
    this.id = id;
  }

  public long id() {
    return id;
  }

  /** Its name. */
  public String roleName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  Role role() {
    return Role.plain(id, roleName());
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
