// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

/**
 * Who runs a statement.
 *
 * @param current whose rights count: {@code current_user}
 * @param session who SET SESSION AUTHORIZATION or the log-in said it is: {@code session_user}
 */
public record Runner(long current, long session) {
  public static final Runner FIRST = new Runner(Role.FIRST, Role.FIRST);
}
