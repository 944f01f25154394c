// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;

/**
 * A lock as one who looks at it sees it: held, or waited for.
 *
 * @param party null: it is nobody's, as of a commit whose outcome is unknown
 * @param transaction its number among those that lock, since the database was opened
 * @param waitingSinceMicros wall clock since 1970; 0: it is held
 */
public record LockView(
    LockParty party, long transaction, Target target, Mode mode, long waitingSinceMicros) {
  /** What is locked. */
  public sealed interface Target {
    /** The definition of a table, and all that write to it. */
    record OfTable(TableId table) implements Target {}

    /**
     * One key, there or not.
     *
     * @param print a hash of the key, the same for the same key
     */
    record OfKey(IndexId index, long print) implements Target {}

    /**
     * All keys between two.
     *
     * @param whole all keys of the index
     * @param print a hash of its ends, the same for the same range
     */
    record OfRange(IndexId index, boolean whole, long print) implements Target {}
  }

  /** How it is locked. */
  public enum Mode {
    SHARED,
    EXCLUSIVE,
    /** Beside writers of other keys, not beside readers that lock. */
    APART
  }

  public boolean held() {
    return waitingSinceMicros == 0;
  }
}
