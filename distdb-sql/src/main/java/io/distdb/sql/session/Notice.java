// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/**
 * Something the user should know about a statement that succeeded.
 *
 * @param sqlState five characters, {@code 00000} for a plain notice, class 01 or 25 for a warning
 */
public record Notice(Severity severity, String sqlState, String message) {
  /** How loud: as PostgreSQL's message levels of these names. */
  public enum Severity {
    NOTICE,
    WARNING
  }

  public static Notice notice(String message) {
    return new Notice(Severity.NOTICE, "00000", message);
  }

  /** A warning when its state says so, else a plain notice. */
  static Notice of(String sqlState, String message) {
    Severity severity = sqlState.startsWith("01") ? Severity.WARNING : Severity.NOTICE;
    return new Notice(severity, sqlState, message);
  }

  public static Notice warning(String sqlState, String message) {
    return new Notice(Severity.WARNING, sqlState, message);
  }
}
