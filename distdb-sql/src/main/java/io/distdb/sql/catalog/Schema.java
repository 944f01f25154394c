// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import java.util.OptionalLong;

/** A namespace of tables, indexes, sequences and views. */
public record Schema(long id, String name) {
  /** The id of {@link Table#PUBLIC}, which every database has from the start. */
  static final long PUBLIC_ID = 1;

  /** How a session calls the schema of its temporary tables. */
  public static final String TEMPORARY = "pg_temp";

  private static final String TEMPORARY_PREFIX = "pg_temp_";

  /** The schema of the temporary tables of a session. */
  public static String temporary(long session) {
    return TEMPORARY_PREFIX + session;
  }

  /** The session whose temporary tables a schema of that name has. */
  public static OptionalLong sessionOf(String name) {
    String number = isTemporary(name) ? name.substring(TEMPORARY_PREFIX.length()) : "";
    return number.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(number))
        : OptionalLong.empty();
  }

  /** Whether a schema of that name has a session's temporary tables. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY_PREFIX);
  }
}
