// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.Optional;

/** What a statement answered. */
public sealed interface StatementResult {
  /**
   * It has no rows to give.
   *
   * @param tag the command as PostgreSQL's completion tag names it, such as {@code UPDATE}, {@code
   *     CREATE TABLE}; {@link #completion()} is the whole tag
   * @param rows rows inserted, updated or deleted; -1 for commands that count none
   */
  record Command(String tag, long rows, Optional<Notice> notice) implements StatementResult {
    public static final long NO_COUNT = -1;

    /** The completion tag: {@code INSERT 0 3}, {@code UPDATE 1}, {@code BEGIN}. */
    public String completion() {
      if (rows == NO_COUNT) {
        return tag;
      }
      return tag.equals("INSERT") ? "INSERT 0 " + rows : tag + " " + rows;
    }
  }

  /**
   * It has rows, possibly none. The caller closes {@code rows}.
   *
   * @param change what was done, when the rows are those of RETURNING: it is done already
   */
  record Rows(ResultRows rows, Optional<Command> change) implements StatementResult {
    public Rows(ResultRows rows) {
      this(rows, Optional.empty());
    }
  }
}
