// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

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
 * which ends the locks of unknown outcomes, and that it leads again. A failed apply ends leadership
 * for good.
 */
final class JournaledGroup extends SoloGroup {
  private final Journal journal;
  private final Scheduler scheduler;
  private final BiConsumer<ShardId, LogPosition> compaction;
  private final Replay replay;

  private final ReentrantLock lock = new ReentrantLock();

  /** Appended and not yet taken to be applied, in log order. */
  private final ArrayDeque<Proposal> pending = new ArrayDeque<>();

  private long term;
  private long lastIndex;
  private long appendedEnd;
  private long forcedEnd;
  private boolean forcing;
  private boolean applying;
  private Throwable failure;
  private Waiter drained;

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
              new JournalRecord.Configuration(id, LogPosition.START, List.of(self), List.of()));
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
      appendedEnd = journal.append(new JournalRecord.Entry(id, position, mine.command));
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.IO_ERROR) {
        failure = refused;
      }
      throw refused;
    }
    lastIndex++;
    mine.position = position;
    mine.end = appendedEnd;
    pending.add(mine);
  }

  /** Takes turns until the result is there. */
  private Object await(Proposal mine) {
    while (true) {
      switch (mine.turn) {
        case DONE -> {
          return mine.result;
        }
        case FAILED -> throw outcomeUnknown();
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
      end = appendedEnd;
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
    lock.lock();
    try {
      if (mine.turn == Turn.FAILED) {
        forcing = false;
        applies = false;
        wake = isDrained() ? drained : null;
      } else {
        forcedEnd = end;
        wake = appointNext();
        applies = !applying;
        applying = true;
        if (!applies && mine.waiter == null) {
          mine.waiter = scheduler.newWaiter();
        }
      }
    } finally {
      lock.unlock();
    }
    if (wake != null) {
      wake.signal();
    }
    return applies;
  }

  /** Who forces next, or null when nothing is left. */
  private Waiter appointNext() {
    if (forcedEnd == appendedEnd) {
      forcing = false;
      return null;
    }
    for (Proposal proposal : pending) {
      if (proposal.end > forcedEnd) {
        proposal.turn = Turn.FORCE;
        return proposal.waiter;
      }
    }
    throw Invariant.unreachable("something that was appended is not pending");
  }

  /** In the role of applying: everything forced so far; then passes the role on. */
  private void applyForced(Proposal mine) {
    List<Proposal> batch = takeForced();
    boolean complete = false;
    try {
      for (Proposal proposal : batch) {
        proposal.result = machine.apply(proposal.position, proposal.command);
        applied(proposal.position);
      }
      complete = true;
    } finally {
      if (!complete) {
        failApply(batch, mine);
      }
    }
    Waiter next = endApply();
    if (next != null) {
      next.signal();
    }
    end(batch, Turn.DONE, mine);
  }

  private List<Proposal> takeForced() {
    lock.lock();
    try {
      List<Proposal> batch = new ArrayList<>(pending.size());
      while (!pending.isEmpty() && pending.peek().end <= forcedEnd) {
        batch.add(pending.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Passes the role of applying on; whom to wake, or null. */
  private Waiter endApply() {
    lock.lock();
    try {
      Proposal next = pending.peek();
      if (next != null && next.end <= forcedEnd) {
        next.turn = Turn.APPLY;
        return next.waiter;
      }
      applying = false;
      return isDrained() ? drained : null;
    } finally {
      lock.unlock();
    }
  }

  private static void end(List<Proposal> proposals, Turn turn, Proposal mine) {
    for (Proposal proposal : proposals) {
      proposal.turn = turn;
      if (proposal != mine) {
        proposal.waiter.signal();
      }
    }
  }

  /** What was not forced may or may not be on the disk; what was is applied by others. */
  private void failForce(Throwable cause, Proposal mine) {
    List<Proposal> failed = new ArrayList<>();
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      while (!pending.isEmpty() && pending.peekLast().end > forcedEnd) {
        failed.add(pending.removeLast());
      }
    } finally {
      lock.unlock();
    }
    machine.following(term);
    if (leadingTerm() != NOT_LEADING) {
      machine.leading(term);
    }
    // The role of forcing is kept until here, so that stop() has the last word on leadership.
    Waiter stopping;
    lock.lock();
    try {
      forcing = false;
      stopping = isDrained() ? drained : null;
    } finally {
      lock.unlock();
    }
    finishFailure(failed, mine, stopping);
  }

  /** The state machine is broken: nothing is applied any more. */
  private void failApply(List<Proposal> batch, Proposal mine) {
    List<Proposal> failed = new ArrayList<>(batch);
    Waiter stopping;
    lock.lock();
    try {
      failure = failure == null ? new IllegalStateException("apply failed") : failure;
      leadingTerm(NOT_LEADING);
      failed.addAll(pending);
      pending.clear();
      applying = false;
      stopping = isDrained() ? drained : null;
    } finally {
      lock.unlock();
    }
    finishFailure(failed, mine, stopping);
    machine.following(term);
  }

  private void finishFailure(List<Proposal> failed, Proposal mine, Waiter stopping) {
    end(failed, Turn.FAILED, mine);
    if (stopping != null) {
      stopping.signal();
    }
  }

  private boolean isDrained() {
    return pending.isEmpty() && !forcing && !applying;
  }

  private void requireNoFailure() {
    if (failure != null) {
      ErrorCode code =
          failure instanceof DistDbException known && known.code() == ErrorCode.DISK_FULL
              ? ErrorCode.DISK_FULL
              : ErrorCode.IO_ERROR;
      throw new DistDbException(
              code, "shard " + id + " takes no more writes: " + failure.getMessage(), failure)
          .withHint("Remove the cause, then open the database again.");
    }
  }

  private DistDbException outcomeUnknown() {
    return new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "whether the change to shard " + id + " lasts is not known: " + failure.getMessage(),
            failure)
        .withHint("Open the database again, then ask for the outcome by the commit token.");
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

  private enum Turn {
    WAIT,
    FORCE,
    APPLY,
    DONE,
    FAILED
  }

  /** One command on its way. Its waiter is set before anyone may signal it. */
  private static final class Proposal {
    private final Command command;
    private LogPosition position;
    private long end;
    private Object result;
    private Waiter waiter;
    private volatile Turn turn = Turn.WAIT;

    private Proposal(Command command) {
      this.command = command;
    }
  }
}
