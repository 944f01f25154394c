// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.raft.solo.Proposal.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group whose log is in the journal.
 *
 * <p>A proposal goes through three steps, each for many at once and none in a thread of its own:
 *
 * <ol>
 *   <li><em>append</em>, under the lock, which makes the order of the log that of the journal;
 *   <li><em>force</em>: whoever comes first leads and forces everything appended so far; then the
 *       first of those who came too late is woken to lead the next force, before all else;
 *   <li><em>apply</em>, in log order: the leader applies everything it forced, then wakes those
 *       whose results are there. If another thread is applying still, that one passes the work on
 *       when it is done.
 * </ol>
 *
 * <p>So a force runs while the batch before it is applied and woken, a thread alone never waits for
 * another, and with many threads each is woken once. Forcing and applying are roles, not locks: no
 * lock is held while either goes on.
 *
 * <p>After a failed force nothing is proposed any more, and proposals that may be on the disk end
 * with {@code COMMIT_OUTCOME_UNKNOWN}; those that were forced are still applied. Nobody else can
 * lead, so this node goes on leading for those who read: the state machine is told that it follows,
 * which ends the locks of unknown outcomes, and that it leads again. The same when the state
 * machine refuses an entry for good.
 *
 * <p>When the state machine's disk is full, applying <em>stalls</em>: nothing is lost, as the
 * entries are in the log. A thread of its own has the role of applying until then and tries again
 * and again; new proposals are refused with {@code DISK_FULL}, and those on their way wait for a
 * while, then end with {@code COMMIT_OUTCOME_UNKNOWN}, to be applied when there is room. An apply
 * that fails with anything else is a bug and ends leadership for good.
 */
final class JournaledGroup extends SoloGroup {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledGroup.class);

  private final Journal journal;
  private final Scheduler scheduler;
  private final BiConsumer<ShardId, LogPosition> compaction;
  private final Replay replay;

  private final ReentrantLock lock = new ReentrantLock();
  private final ProposalQueue queue = new ProposalQueue();
  private final Stall stall;
  private long term;
  private long lastIndex;
  private boolean forcing;
  private boolean applying;
  private Throwable failure;
  private Waiter drained;

  /** Nothing is applied any more: what is pending was taken by who found out. */
  private boolean halted;

  JournaledGroup(
      ShardId id,
      NodeId self,
      StateMachine machine,
      Journal journal,
      Scheduler scheduler,
      BiConsumer<ShardId, LogPosition> compaction) {
    super(id, self, machine);
    this.journal = journal;
    this.scheduler = scheduler;
    this.compaction = compaction;
    this.replay = new Replay(id, self, machine);
    this.stall = new Stall(this, lock, queue, scheduler);
  }

  @Override
  void replay(JournalRecord record) {
    replay.take(record);
  }

  @Override
  long beginTerm() {
    term = replay.term() + 1;
    lastIndex = machine.applied().index();
    applied(machine.applied());
    long end = journal.append(new JournalRecord.HardState(id, term, Optional.of(self)));
    if (replay.isNew()) {
      end =
          journal.append(
              new JournalRecord.Configuration(
                  id, LogPosition.START, List.of(self), List.of(), List.of()));
    }
    return end;
  }

  @Override
  void lead() {
    leadingTerm(term);
    machine.leading(term);
  }

  @Override
  public Object propose(long wantedTerm, Command command) {
    Proposal mine = new Proposal(command);
    boolean leads;
    lock.lock();
    try {
      requireNoFailure();
      stall.requireNone();
      requireLeading(wantedTerm);
      append(mine);
      leads = !forcing;
      forcing = true;
      if (!leads) {
        mine.waiter = scheduler.newWaiter();
      }
    } finally {
      lock.unlock();
    }
    if (leads) {
      force(mine);
    }
    return await(mine);
  }

  private void append(Proposal mine) {
    LogPosition position = new LogPosition(term, lastIndex + 1);
    try {
      mine.end = journal.append(new JournalRecord.Entry(id, position, mine.command));
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.IO_ERROR) {
        failure = refused;
      }
      throw refused;
    }
    lastIndex++;
    mine.position = position;
    queue.appended(mine);
  }

  /** Takes turns until the result is there. */
  private Object await(Proposal mine) {
    while (true) {
      switch (mine.turn) {
        case DONE -> {
          return mine.result;
        }
        case FAILED ->
            throw mine.abandoned == null
                ? Refusals.outcomeUnknown(id, failure)
                : Refusals.outcomeLater(id, mine.abandoned);
        case FORCE -> {
          mine.turn = Turn.WAIT;
          force(mine);
        }
        case APPLY -> {
          mine.turn = Turn.WAIT;
          applyForced(mine);
        }
        case WAIT -> mine.waiter.awaitUninterruptibly(Waiter.FOREVER);
      }
    }
  }

  /** In the role of forcing. */
  private void force(Proposal mine) {
    long end;
    lock.lock();
    try {
      end = queue.appendedEnd();
    } finally {
      lock.unlock();
    }
    try {
      journal.force(end);
    } catch (RuntimeException cause) {
      failForce(cause, mine);
      return;
    } catch (Error cause) {
      failForce(cause, mine);
      throw cause;
    }
    if (endForce(end, mine)) {
      applyForced(mine);
    }
  }

  /** Passes the role of forcing on; true when the caller is to apply. */
  private boolean endForce(long end, Proposal mine) {
    Waiter wake;
    boolean applies;
    List<Proposal> abandoned = List.of();
    lock.lock();
    try {
      if (halted) {
        forcing = false;
        applies = false;
        wake = isDrained() ? drained : null;
      } else {
        queue.forced(end);
        wake = queue.appointForcer();
        forcing = wake != null;
        applies = !applying;
        applying = true;
        if (!applies && mine.waiter == null) {
          mine.waiter = scheduler.newWaiter();
        }
        abandoned = stall.abandoned();
      }
    } finally {
      lock.unlock();
    }
    signal(wake);
    Proposal.end(abandoned, Turn.FAILED, mine);
    return applies;
  }

  /** In the role of applying: everything forced so far; then passes the role on. */
  private void applyForced(Proposal mine) {
    List<Proposal> batch = takeForced();
    int applied = 0;
    DistDbException refusal = null;
    boolean broken = true;
    try {
      while (applied < batch.size() && refusal == null) {
        refusal = apply(batch.get(applied));
        applied += refusal == null ? 1 : 0;
      }
      broken = false;
    } finally {
      if (broken) {
        failApply(new IllegalStateException("apply failed"), batch, mine);
      }
    }
    List<Proposal> rest = batch.subList(applied, batch.size());
    if (refusal == null) {
      signal(endApply());
    } else if (refusal.code() == ErrorCode.DISK_FULL) {
      stall.begin(refusal, rest, mine);
    } else {
      failApply(refusal, rest, mine);
    }
    Proposal.end(batch.subList(0, applied), Turn.DONE, mine);
  }

  /** Why the state machine does not take it, or null: it was applied. */
  DistDbException apply(Proposal proposal) {
    try {
      proposal.result = machine.apply(proposal.position, proposal.command);
    } catch (DistDbException refusal) {
      return refusal;
    }
    applied(proposal.position);
    return null;
  }

  private List<Proposal> takeForced() {
    lock.lock();
    try {
      return queue.takeForced();
    } finally {
      lock.unlock();
    }
  }

  /** Passes the role of applying on; whom to wake, or null. */
  private Waiter endApply() {
    lock.lock();
    try {
      Waiter next = queue.appointApplier();
      return next != null ? next : leaveApplying();
    } finally {
      lock.unlock();
    }
  }

  /** Within the lock, in the role of applying: gives it up; whom to wake, or null. */
  Waiter leaveApplying() {
    applying = false;
    return isDrained() ? drained : null;
  }

  // --- failures ---

  /** What was not forced may or may not be on the disk; what was is applied by others. */
  private void failForce(Throwable cause, Proposal mine) {
    List<Proposal> failed;
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      failed = queue.takeUnforced();
    } finally {
      lock.unlock();
    }
    leadAnew();
    // The role of forcing is kept until here, so that stop() has the last word on leadership.
    Waiter stopping;
    lock.lock();
    try {
      forcing = false;
      stopping = isDrained() ? drained : null;
    } finally {
      lock.unlock();
    }
    Proposal.end(failed, Turn.FAILED, mine);
    signal(stopping);
  }

  /** Ends the locks of unknown outcomes. */
  private void leadAnew() {
    machine.following(term);
    if (leadingTerm() != NOT_LEADING) {
      machine.leading(term);
    }
  }

  /**
   * In the role of applying: nothing is applied any more, not even what is forced. A state machine
   * that refused is as it was, and can be read.
   */
  void failApply(Throwable cause, List<Proposal> rest, Proposal mine) {
    List<Proposal> failed = new ArrayList<>(rest);
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      if (!(cause instanceof DistDbException)) {
        leadingTerm(NOT_LEADING);
      }
      halted = true;
      stall.end();
      failed.addAll(queue.takeAll(scheduler));
    } finally {
      lock.unlock();
    }
    LOG.error("shard {} takes no more writes: {}", id, cause.getMessage());
    leadAnew();
    Waiter stopping;
    lock.lock();
    try {
      stopping = leaveApplying();
    } finally {
      lock.unlock();
    }
    Proposal.end(failed, Turn.FAILED, mine);
    signal(stopping);
  }

  private static void signal(Waiter waiter) {
    if (waiter != null) {
      waiter.signal();
    }
  }

  private boolean isDrained() {
    return queue.isEmpty() && !forcing && !applying;
  }

  private void requireNoFailure() {
    if (failure != null) {
      throw Refusals.forGood(id, failure);
    }
  }

  @Override
  public void compact(LogPosition position) {
    compaction.accept(id, position);
  }

  @Override
  void stop() {
    boolean led = leadingTerm() != NOT_LEADING;
    Waiter wait = null;
    lock.lock();
    try {
      leadingTerm(NOT_LEADING);
      stall.wake();
      if (!isDrained()) {
        drained = scheduler.newWaiter();
        wait = drained;
      }
    } finally {
      lock.unlock();
    }
    if (wait != null) {
      wait.awaitUninterruptibly(Waiter.FOREVER);
    }
    if (led) {
      machine.following(term);
    }
  }
}
