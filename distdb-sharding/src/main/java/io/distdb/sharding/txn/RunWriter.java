// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.RangeMode;

/**
 * Puts a run of new entries into a transaction. A short one is so many single writes. A long one is
 * locked as one range when nobody is within it, looked up in one walk over index and run together,
 * and kept as it is. See docs/adr/0011-runs-of-new-entries.md.
 */
final class RunWriter {
  /** As many row locks as a table takes before they become one, in SQL Server, about. */
  static final int RUN_MIN = 1000;

  private final ShardTransaction transaction;

  RunWriter(ShardTransaction transaction) {
    this.transaction = transaction;
  }

  /** See {@link io.distdb.api.txn.Transaction#putAll}. */
  int put(IndexId index, EntryRun run, boolean absent) {
    if (run.size() < RUN_MIN || transaction.writes().isHiding()) {
      int there = putEach(index, run, absent);
      run.sort();
      return there;
    }
    run.sort();
    int repeated = run.firstRepeated();
    Invariant.check(absent || repeated < 0, "a run whose keys are not looked up repeats one");
    RangeMode mode = absent ? RangeMode.EXCLUSIVE : RangeMode.APART;
    Index committed = transaction.isOwn(index) ? null : transaction.lockRun(index, run, mode);
    int there = absent ? earlier(repeated, firstThere(index, committed, run)) : -1;
    if (there < 0) {
      transaction.writes().putAll(index, run);
      transaction.checkBytes(transaction.writes());
    }
    return there;
  }

  private int putEach(IndexId index, EntryRun run, boolean absent) {
    for (int i = 0; i < run.size(); i++) {
      Bytes key = Bytes.wrap(run.key(i));
      if (absent) {
        RowLock lock = transaction.lock(index, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
        if (((RowLock.Held) lock).value() != null) {
          return i;
        }
      }
      transaction.put(index, key, Bytes.wrap(run.value(i)));
    }
    return -1;
  }

  /** How many were added before the first whose key has a value; the keys are locked. */
  private int firstThere(IndexId index, Index committed, EntryRun run) {
    WriteBuffer own = transaction.writes();
    boolean mayBeOwn = own.hasSingle(index) || own.hasRun(index, run);
    int first = -1;
    for (int i = 0; mayBeOwn && i < run.size(); i++) {
      int position = own.find(index, Bytes.wrap(run.key(i)));
      if (position >= 0 && own.value(position) != null) {
        first = earlier(first, run.added(i));
      }
    }
    if (committed == null) {
      return first;
    }
    try (KeyMatches matches = new KeyMatches(committed, run)) {
      while (matches.next()) {
        Bytes key = Bytes.wrap(run.key(matches.at()));
        if (!mayBeOwn || own.find(index, key) < 0) {
          first = earlier(first, run.added(matches.at()));
        }
      }
    }
    return first;
  }

  private static int earlier(int one, int other) {
    return one < 0 ? other : other < 0 ? one : Math.min(one, other);
  }
}
