// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.lock.LockOwner;
import io.distdb.sharding.lock.RangeMode;
import io.distdb.sharding.replica.Leadership;

/** Locks in this node's own table: it leads, or did when they were taken. */
final class LocalLocks extends TransactionLocks {
  private final TransactionContext context;
  private final Leadership leadership;
  private final LockOwner owner;
  private final long timeoutNanos;
  private boolean inDoubt;

  /**
   * @param party may be null
   * @param timeoutNanos longest wait for one lock; 0 is no limit
   */
  LocalLocks(
      TransactionContext context,
      Leadership leadership,
      LockClient client,
      long age,
      LockParty party,
      long timeoutNanos) {
    this.context = context;
    this.leadership = leadership;
    this.timeoutNanos = timeoutNanos;
    owner = new LockOwner(client, age, party);
  }

  Leadership leadership() {
    return leadership;
  }

  @Override
  LockAnswer lock(long space, Bytes key, LockStrength strength, WaitPolicy policy) {
    return leadership.locks().lock(owner, space, key, strength, policy, timeoutNanos);
  }

  @Override
  LockAnswer lockRange(long space, KeyRange range, RangeMode mode, WaitPolicy policy) {
    return leadership.locks().lockRange(owner, space, range, mode, policy, timeoutNanos);
  }

  @Override
  boolean holdsAny() {
    return owner.holdsAny();
  }

  @Override
  void confirm() {
    Committer.checkTerm(this, context.system());
    context.confirm(leadership);
  }

  @Override
  long commit(WriteBuffer writes, CommitToken token, SynchronousCommit least) {
    if (!writes.isEmpty()) {
      context.housekeeping().admit(writes.growthBytes());
    }
    try {
      return context.committer.commit(writes, token, this, least);
    } catch (DistDbException refused) {
      if (context.gateway() == null) {
        throw refused;
      }
      return switch (refused.code()) {
        case COMMIT_OUTCOME_UNKNOWN -> context.gateway().settled(token, refused);
        // Nothing was proposed: the next leader may take it.
        case CANNOT_CONNECT_NOW -> throw Gateway.lost();
        default -> throw refused;
      };
    }
  }

  /**
   * The commit's outcome is unknown: the committer keeps the locks from now on, and lets them go.
   */
  void keepInDoubt() {
    owner.leaveParty();
    inDoubt = true;
  }

  @Override
  boolean inDoubt() {
    return inDoubt;
  }

  @Override
  void releaseAll() {
    leadership.locks().releaseAll(owner);
  }
}
