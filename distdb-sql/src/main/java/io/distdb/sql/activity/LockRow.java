// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import io.distdb.api.txn.LockView;

/**
 * A lock that is held or waited for, as others see it.
 *
 * @param processId the session's; 0: nobody's, of a commit whose outcome is unknown
 * @param transaction its number; 0: of the session
 * @param database of the session; null: nobody's
 * @param waitingSinceMicros wall clock since 1970; 0: it is held
 */
public record LockRow(
    int processId,
    long transaction,
    String database,
    Locked locked,
    LockView.Mode mode,
    long waitingSinceMicros) {
  /** What is locked. */
  public sealed interface Locked {
    /** A part of the data, or a definition. */
    record Data(LockView.Target target) implements Locked {}

    /**
     * What an application says it is.
     *
     * @param number the key, or of two the first as the upper half
     */
    record Application(long number, boolean pair) implements Locked {}
  }

  /** What kind of thing is locked, as {@code pg_locks} calls it. */
  public String type() {
    return switch (locked) {
      case Locked.Application key -> "advisory";
      case Locked.Data data ->
          switch (data.target()) {
            case LockView.Target.OfTable table -> "relation";
            case LockView.Target.OfKey key -> "tuple";
            case LockView.Target.OfRange range -> range.whole() ? "relation" : "page";
          };
    };
  }

  /** PostgreSQL's name of the mode that comes closest (its documentation, 13.3). */
  public String modeName() {
    return switch (locked) {
      case Locked.Application key -> name("ShareLock", "ExclusiveLock");
      case Locked.Data data ->
          switch (data.target()) {
            case LockView.Target.OfTable table -> name("RowExclusiveLock", "AccessExclusiveLock");
            case LockView.Target.OfKey key -> name("RowShareLock", "ExclusiveLock");
            case LockView.Target.OfRange range -> name("ShareLock", "ExclusiveLock");
          };
    };
  }

  private String name(String shared, String exclusive) {
    return switch (mode) {
      case SHARED -> shared;
      case EXCLUSIVE -> exclusive;
      case APART -> "RowExclusiveLock";
    };
  }

  public boolean granted() {
    return waitingSinceMicros == 0;
  }

  /** What stands for the key or the range where PostgreSQL has the number of a page: 31 bits. */
  public static int page(long print) {
    return (int) (print >>> 33);
  }

  /** As {@link #page}, for the place of a row in its page: 15 bits. */
  public static int place(long print) {
    return (int) print & 0x7fff;
  }
}
