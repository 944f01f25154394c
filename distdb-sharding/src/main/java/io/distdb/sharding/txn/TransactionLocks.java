// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.lock.LockOwner;
import io.distdb.sharding.lock.LockSpace;
import io.distdb.sharding.lock.RangeMode;
import io.distdb.sharding.replica.Leadership;

/**
 * The locks of one transaction in one term of leadership, with the last ones remembered: what SQL
 * locks it usually writes next, and a statement locks the same table for every row.
 */
final class TransactionLocks {
  private final Leadership leadership;
  private final LockOwner owner;
  private final long timeoutNanos;

  private IndexId lastIndex;
  private Bytes lastKey;
  private TableId lastTable;
  private boolean lastTableExclusive;
  private boolean inDoubt;

  TransactionLocks(Leadership leadership, LockClient client, long age, TransactionOptions options) {
    this.leadership = leadership;
    timeoutNanos = options.lockTimeoutNanos();
    owner = new LockOwner(client, age, options.party());
  }

  Leadership leadership() {
    return leadership;
  }

  boolean holdsAny() {
    return owner.holdsAny();
  }

  LockAnswer key(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    if (lastKey != null && lastIndex.value() == index.value() && lastKey.equals(key)) {
      return LockAnswer.HELD_ALREADY;
    }
    LockAnswer answer =
        leadership.locks().lock(owner, LockSpace.of(index), key, strength, policy, timeoutNanos);
    if (strength == LockStrength.EXCLUSIVE && answer != LockAnswer.REFUSED) {
      lastIndex = index;
      lastKey = key;
    }
    return answer;
  }

  LockAnswer range(IndexId index, KeyRange range, RangeMode mode, WaitPolicy policy) {
    return leadership
        .locks()
        .lockRange(owner, LockSpace.of(index), range, mode, policy, timeoutNanos);
  }

  LockAnswer table(TableId table, LockStrength strength, WaitPolicy policy) {
    boolean exclusive = strength == LockStrength.EXCLUSIVE;
    if (table.equals(lastTable) && (lastTableExclusive || !exclusive)) {
      return LockAnswer.HELD_ALREADY;
    }
    LockAnswer answer =
        leadership
            .locks()
            .lock(owner, LockSpace.of(table), Bytes.EMPTY, strength, policy, timeoutNanos);
    if (answer != LockAnswer.REFUSED) {
      lastTable = table;
      lastTableExclusive = exclusive;
    }
    return answer;
  }

  /** Whether {@code table} is locked exclusively. */
  boolean ownsTable(TableId table) {
    return leadership
            .locks()
            .lock(
                owner,
                LockSpace.of(table),
                Bytes.EMPTY,
                LockStrength.EXCLUSIVE,
                WaitPolicy.SKIP,
                timeoutNanos)
        == LockAnswer.HELD_ALREADY;
  }

  /**
   * The commit's outcome is unknown: the committer keeps the locks from now on, and lets them go.
   */
  void keepInDoubt() {
    owner.leaveParty();
    inDoubt = true;
  }

  boolean inDoubt() {
    return inDoubt;
  }

  void releaseAll() {
    leadership.locks().releaseAll(owner);
  }
}
