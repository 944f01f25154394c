// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Store;
import io.distdb.sharding.replica.ShardCommand;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What committers do besides, after their commit and in small steps: raise the safe point, let old
 * outcomes expire, start a checkpoint. So an idle database does nothing. A failure here is logged
 * and concerns nobody's commit; the next committer tries again.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** Commits from one look at garbage and outcomes to the next. A power of two. */
  private static final int COMMITS_PER_LOOK = 128;

  private final TransactionContext context;
  private final Checkpointer checkpointer;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** About how many commits there were. Racy by intent: it only spreads the looks. */
  private int commits;

  Housekeeping(TransactionContext context, Checkpointer checkpointer) {
    this.context = context;
    this.checkpointer = checkpointer;
  }

  /** After a commit, its locks gone. */
  void afterCommit() {
    checkpointer.startIfDue();
    if ((++commits & COMMITS_PER_LOOK - 1) == 0
        && context.system().replica().leadership() != null
        && looking.compareAndSet(false, true)) {
      try {
        collectGarbage(context.limits.garbageVersionsMin());
        expireOutcome();
      } catch (DistDbException later) {
        LOG.warn("housekeeping failed, the next commits try again: {}", later.getMessage());
      } finally {
        looking.set(false);
      }
    }
  }

  /**
   * Refuses growth past the memory budget, but not before old versions made what room they can.
   * Before the commit; nothing is proposed that depends on it.
   *
   * @throws DistDbException {@code OUT_OF_MEMORY}; {@code DISK_FULL}: old versions would not help,
   *     as removing them takes room first
   */
  void admit(long growthBytes) {
    Store store = context.system().replica().store();
    long garbage = Long.MAX_VALUE;
    while (true) {
      try {
        store.admit(growthBytes);
        return;
      } catch (DistDbException full) {
        long left = store.garbageVersions();
        if (full.code() != ErrorCode.OUT_OF_MEMORY || left == 0 || left >= garbage) {
          throw full;
        }
        garbage = left;
      }
      // A newer timestamp, so that the safe point moves and the next lot is collected.
      context.oracle.next();
      collectGarbage(0);
    }
  }

  /** Raises the safe point as far as open snapshots allow, if that is worth it. */
  void collectGarbage(long versionsMin) {
    if (context.system().replica().store().garbageVersions() < versionsMin) {
      return;
    }
    long candidate =
        Math.min(
            context.oracle.current(),
            context.oracle.now() - context.limits.versionRetentionMicros());
    if (context.gateway() != null) {
      candidate = Math.min(candidate, context.gateway().oldestPinElsewhere());
    }
    long safePoint = context.open.raiseHorizon(candidate);
    if (safePoint > context.system().replica().safePoint()) {
      context.propose(new ShardCommand.AdvanceSafePoint(safePoint));
    }
  }

  /** One step, when one is due; whether there was. */
  boolean expireOutcome() {
    ShardCommand.ExpireOutcomes due =
        context.system().replica().outcomes().due(context.oracle.now());
    if (due == null) {
      return false;
    }
    context.propose(due);
    return true;
  }
}
