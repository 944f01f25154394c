// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.List;
import java.util.Optional;

/** What a statement answered. */
public sealed interface StatementResult {
  /**
   * It has no rows to give.
   *
   * @param tag the command as PostgreSQL's completion tag names it, such as {@code UPDATE}, {@code
   *     CREATE TABLE}; {@link #completion()} is the whole tag
   * @param rows rows inserted, updated or deleted; -1 for commands that count none
   * @param notices what the user should know, in this order
   */
  record Command(String tag, long rows, List<Notice> notices) implements StatementResult {
    public static final long NO_COUNT = -1;

    /** There was no statement, but blanks, comments and semicolons. Its tag is empty. */
    public static final Command EMPTY = new Command("", NO_COUNT, List.of());

    public Command {
      notices = List.copyOf(notices);
    }

    /** Without notices. */
    public Command(String tag, long rows) {
      this(tag, rows, List.of());
    }

    /** Of a command that counts no rows. */
    static Command of(String tag, Optional<Notice> notice) {
      return new Command(tag, NO_COUNT, notice.stream().toList());
    }

    /** The first notice; most commands have one or none. */
    public Optional<Notice> notice() {
      return notices.isEmpty() ? Optional.empty() : Optional.of(notices.getFirst());
    }

    /** The same with other notices. */
    Command telling(List<Notice> others) {
      return new Command(tag, rows, others);
    }

    /** Whether there was no statement. */
    public boolean isEmpty() {
      return tag.isEmpty();
    }

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
   * @param tag the command as the completion tag names it: {@code SELECT}, {@code FETCH}, {@code
   *     SHOW}, …
   * @param change what was done, when the rows are those of RETURNING: it is done already
   */
  record Rows(ResultRows rows, String tag, Optional<Command> change) implements StatementResult {
    /** Of a query. */
    public Rows(ResultRows rows) {
      this(rows, "SELECT", Optional.empty());
    }

    /** Of a command that counts no rows. */
    Rows(ResultRows rows, String tag) {
      this(rows, tag, Optional.empty());
    }

    /** Of a change. */
    Rows(ResultRows rows, Command change) {
      this(rows, change.tag(), Optional.of(change));
    }

    /**
     * The completion tag: {@code SELECT 3}, {@code SHOW}; of a change what it changed, however many
     * rows were read.
     *
     * @param read how many rows were read
     */
    public String completion(long read) {
      if (change.isPresent()) {
        return change.get().completion();
      }
      return tag.equals("SELECT") || tag.equals("FETCH") ? tag + " " + read : tag;
    }
  }
}
