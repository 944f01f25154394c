// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.raft.solo.Proposal.Turn;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a group does while its state machine has no room for what is in the log: a thread of its own
 * has the role of applying and tries again and again. Nothing is lost meanwhile, and nothing new is
 * taken. Those that wait for their results are sent away after a while; what they proposed is
 * applied all the same.
 */
final class Stall {
  private static final Logger LOG = LoggerFactory.getLogger(Stall.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Some ten seconds: RocksDB looks every five whether there is room again. */
  private static final int RETRIES_AWAITED = 100;

  private final JournaledGroup group;
  private final ReentrantLock lock;
  private final ProposalQueue queue;
  private final Scheduler scheduler;

  /** Guarded by the lock, as all that follows. Null: there is no stall. */
  private DistDbException cause;

  private boolean abandoning;
  private Waiter pause;

  Stall(JournaledGroup group, ReentrantLock lock, ProposalQueue queue, Scheduler scheduler) {
    this.group = group;
    this.lock = lock;
    this.queue = queue;
    this.scheduler = scheduler;
  }

  /** In the role of applying, which is not the caller's any more. */
  void begin(DistDbException refusal, List<Proposal> rest, Proposal mine) {
    LOG.warn("shard {} applies nothing until there is room: {}", group.id, refusal.getMessage());
    Waiter between = scheduler.newWaiter();
    lock.lock();
    try {
      if (mine.waiter == null) {
        mine.waiter = scheduler.newWaiter();
      }
      queue.giveBack(rest);
      cause = refusal;
      pause = between;
    } finally {
      lock.unlock();
    }
    scheduler.start("distdb-apply-" + group.id, () -> run(between));
  }

  /** Within the lock. */
  void requireNone() {
    if (cause != null) {
      throw Refusals.forNow(group.id, cause);
    }
  }

  /** Within the lock: those to be sent away though they are in the log. */
  List<Proposal> abandoned() {
    return abandoning ? queue.abandonForced(cause) : List.of();
  }

  /** Within the lock. */
  void end() {
    cause = null;
    abandoning = false;
  }

  /** Within the lock: the group does not lead any more. */
  void wake() {
    if (cause != null) {
      pause.signal();
    }
  }

  private void run(Waiter between) {
    int retries = 0;
    while (group.leadingTerm() != SoloGroup.NOT_LEADING) {
      between.awaitUninterruptibly(RETRY_NANOS);
      if (retry()) {
        return;
      }
      if (++retries == RETRIES_AWAITED) {
        sendAway();
      }
    }
    DistDbException reason;
    lock.lock();
    try {
      reason = cause;
    } finally {
      lock.unlock();
    }
    // It stops: what is left is in the log for the next life.
    group.failApply(reason, List.of(), null);
  }

  /** Applies what is owed; true when nothing is, or never will be. */
  private boolean retry() {
    Throwable problem = new IllegalStateException("apply failed");
    try {
      DistDbException refusal = null;
      Proposal next = next(null);
      while (next != null && refusal == null) {
        refusal = group.apply(next);
        next = refusal == null ? next(next) : next;
      }
      boolean later = refusal != null && refusal.code() == ErrorCode.DISK_FULL;
      problem = later ? null : refusal;
      return !later;
    } finally {
      if (problem != null) {
        group.failApply(problem, List.of(), null);
      }
    }
  }

  /**
   * The next to be applied; without one the stall is over and the role given up.
   *
   * @param done was applied, and is told when the group is ready for more; or null
   */
  private Proposal next(Proposal done) {
    Waiter stopping = null;
    Proposal next;
    lock.lock();
    try {
      if (done != null) {
        queue.removeFirst();
      }
      next = queue.firstForced();
      if (next == null) {
        end();
        stopping = group.leaveApplying();
      }
    } finally {
      lock.unlock();
    }
    if (next == null) {
      LOG.info("shard {} applies again", group.id);
    }
    if (done != null) {
      Proposal.end(List.of(done), Turn.DONE, null);
    }
    if (stopping != null) {
      stopping.signal();
    }
    return next;
  }

  private void sendAway() {
    List<Proposal> gone;
    lock.lock();
    try {
      abandoning = true;
      gone = abandoned();
    } finally {
      lock.unlock();
    }
    Proposal.end(gone, Turn.FAILED, null);
  }
}
