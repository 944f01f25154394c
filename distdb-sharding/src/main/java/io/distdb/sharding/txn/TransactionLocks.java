// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockSpace;
import io.distdb.sharding.lock.RangeMode;

/**
 * The locks of one transaction in one term of leadership, with the last ones remembered: what SQL
 * locks it usually writes next, and a statement locks the same table for every row. They are where
 * the shard is led, here or on another node, and so that is where the transaction is committed.
 */
abstract sealed class TransactionLocks permits LocalLocks, RemoteLocks {
  private IndexId lastIndex;
  private Bytes lastKey;
  private TableId lastTable;
  private boolean lastTableExclusive;

  /** A request ended without an answer: what it was for may have been granted all the same. */
  private boolean missed;

  final LockAnswer key(IndexId index, Bytes key, LockStrength strength, WaitPolicy policy) {
    if (lastKey != null && lastIndex.value() == index.value() && lastKey.equals(key)) {
      return LockAnswer.HELD_ALREADY;
    }
    LockAnswer answer = request(LockSpace.of(index), key, strength, policy);
    if (strength == LockStrength.EXCLUSIVE && answer != LockAnswer.REFUSED) {
      lastIndex = index;
      lastKey = key;
    }
    return answer;
  }

  final LockAnswer range(IndexId index, KeyRange range, RangeMode mode, WaitPolicy policy) {
    boolean answered = false;
    try {
      LockAnswer answer = told(lockRange(LockSpace.of(index), range, mode, policy));
      answered = true;
      return answer;
    } finally {
      missed |= !answered;
    }
  }

  final LockAnswer table(TableId table, LockStrength strength, WaitPolicy policy) {
    boolean exclusive = strength == LockStrength.EXCLUSIVE;
    if (table.equals(lastTable) && (lastTableExclusive || !exclusive)) {
      return LockAnswer.HELD_ALREADY;
    }
    LockAnswer answer = request(LockSpace.of(table), Bytes.EMPTY, strength, policy);
    if (answer != LockAnswer.REFUSED) {
      lastTable = table;
      lastTableExclusive = exclusive;
    }
    return answer;
  }

  private LockAnswer request(long space, Bytes key, LockStrength strength, WaitPolicy policy) {
    boolean answered = false;
    try {
      LockAnswer answer = told(lock(space, key, strength, policy));
      answered = true;
      return answer;
    } finally {
      missed |= !answered;
    }
  }

  /** What is held already is news when its own answer was missed. */
  private LockAnswer told(LockAnswer answer) {
    return missed && answer == LockAnswer.HELD_ALREADY ? LockAnswer.WAITED : answer;
  }

  /** Whether a request ended without an answer. */
  final boolean missedAny() {
    return missed;
  }

  /** Whether {@code table} is locked exclusively. */
  final boolean ownsTable(TableId table) {
    return lock(LockSpace.of(table), Bytes.EMPTY, LockStrength.EXCLUSIVE, WaitPolicy.SKIP)
        == LockAnswer.HELD_ALREADY;
  }

  /** As {@link io.distdb.sharding.lock.LockTable#lock}. */
  abstract LockAnswer lock(long space, Bytes key, LockStrength strength, WaitPolicy policy);

  /** As {@link io.distdb.sharding.lock.LockTable#lockRange}. */
  abstract LockAnswer lockRange(long space, KeyRange range, RangeMode mode, WaitPolicy policy);

  abstract boolean holdsAny();

  /**
   * Returns once all of them are known to have been held at some time after the call.
   *
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: they are lost
   */
  abstract void confirm();

  /**
   * Commits {@code writes}; afterwards the locks are to be released, unless {@link #inDoubt}.
   *
   * @param token may be null
   * @param least what is waited for; a commit with a token, or of definitions, waits for a quorum
   * @return the commit timestamp
   * @throws io.distdb.api.error.DistDbException as {@link io.distdb.api.txn.Transaction#commit}
   */
  abstract long commit(WriteBuffer writes, CommitToken token, SynchronousCommit least);

  /** A commit's outcome is unknown: the committer has the locks, and lets them go. */
  abstract boolean inDoubt();

  abstract void releaseAll();
}
