// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.setting.NoticeRank;
import java.util.Objects;
import java.util.Optional;

/**
 * Something the user should know about a statement that succeeded.
 *
 * @param sqlState five characters, {@code 00000} for a plain notice, class 01 or 25 for a warning
 * @param detail more of it
 * @param hint what to do
 */
public record Notice(
    Severity severity,
    String sqlState,
    String message,
    Optional<String> detail,
    Optional<String> hint) {
  /** How loud: as PostgreSQL's message levels of these names. */
  public enum Severity {
    DEBUG("debug1"),
    LOG("log"),
    /** Told whatever {@code client_min_messages} says. */
    INFO("error"),
    NOTICE("notice"),
    WARNING("warning");

    private final int rank;

    Severity(String level) {
      rank = NoticeRank.of(level);
    }

    /** Whether a client whose least level has this rank is told. */
    boolean isToldAt(int least) {
      return rank >= least;
    }
  }

  public Notice {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(hint, "hint");
  }

  public Notice(Severity severity, String sqlState, String message) {
    this(severity, sqlState, message, Optional.empty(), Optional.empty());
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

  public Notice withDetail(String newDetail) {
    return new Notice(severity, sqlState, message, Optional.of(newDetail), hint);
  }

  public Notice withHint(String newHint) {
    return new Notice(severity, sqlState, message, detail, Optional.of(newHint));
  }
}
