// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group of one whose log is a list in memory: entries pass through their bytes, a restart replays
 * them, and the next proposal can be made to fail in each way the port allows.
 */
final class MemoryConsensus implements Consensus, ConsensusGroup {
  /** What becomes of the next proposal. */
  enum Fault {
    NONE,
    /** Nothing is appended. */
    DISK_FULL,
    /** Applied, but the caller never hears of it. */
    ANSWER_LOST,
    /** Appended, not applied until {@link #applyPending}; the outcome is unknown. */
    UNKNOWN
  }

  private final List<Bytes> log = new ArrayList<>();
  private StateMachine machine;
  private long term;
  private Fault fault = Fault.NONE;
  private boolean pending;
  private LogPosition compacted = LogPosition.START;
  private Runnable beforeApply = () -> {};
  private Runnable appliedFirst;

  @Override
  public synchronized ConsensusGroup open(ShardId group, StateMachine newMachine) {
    machine = newMachine;
    return this;
  }

  @Override
  public synchronized Journal.Recovery start(Journal.Progress progress) {
    for (long index = machine.applied().index() + 1; index <= log.size(); index++) {
      Bytes payload = log.get((int) index - 1);
      machine.apply(new LogPosition(1, index), machine.decode(payload));
    }
    term++;
    machine.leading(term);
    return new Journal.Recovery(log.size(), 0, 1, 0, true, 0);
  }

  @Override
  public Object propose(long inTerm, Command command) {
    beforeApply.run();
    return appendAndApply(inTerm, command);
  }

  private synchronized Object appendAndApply(long inTerm, Command command) {
    if (inTerm != term || machine == null) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "not leading in term " + inTerm);
    }
    Fault now = fault;
    fault = Fault.NONE;
    if (now == Fault.DISK_FULL) {
      throw new DistDbException(ErrorCode.DISK_FULL, "the disk is full");
    }
    Bytes payload = command.toBytes();
    log.add(payload);
    if (now == Fault.UNKNOWN) {
      pending = true;
      throw new DistDbException(ErrorCode.COMMIT_OUTCOME_UNKNOWN, "it may be applied");
    }
    Object answer = machine.apply(new LogPosition(1, log.size()), machine.decode(payload));
    if (now == Fault.ANSWER_LOST) {
      throw new DistDbException(ErrorCode.COMMIT_OUTCOME_UNKNOWN, "the answer got lost");
    }
    return answer;
  }

  /** The command is on this node's disk alone until {@link #applyPending}. */
  @Override
  public synchronized Object proposeLocally(long inTerm, Command command) {
    failNext(Fault.UNKNOWN);
    try {
      return appendAndApply(inTerm, command);
    } catch (DistDbException pendingNow) {
      if (pendingNow.code() != ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        throw pendingNow;
      }
      if (appliedFirst != null) {
        applyPending();
        appliedFirst.run();
      }
      return FORCED;
    }
  }

  /** From now on a local command is applied, and that is done, before its proposer is answered. */
  synchronized void applyFirst(Runnable action) {
    appliedFirst = action;
  }

  /** Runs before every proposal, outside of all locks. */
  synchronized void beforeApply(Runnable action) {
    beforeApply = action;
  }

  synchronized void failNext(Fault next) {
    fault = next;
  }

  /** Applies the entry whose outcome was unknown. */
  synchronized void applyPending() {
    if (pending) {
      pending = false;
      machine.apply(new LogPosition(1, log.size()), machine.decode(log.getLast()));
    }
  }

  /** Leads no more; the entry in doubt, if any, is gone from the log. */
  synchronized void stepDown() {
    if (pending) {
      pending = false;
      log.removeLast();
    }
    machine.following(++term);
  }

  synchronized void leadAgain() {
    machine.leading(++term);
  }

  synchronized int entries() {
    return log.size();
  }

  synchronized LogPosition compacted() {
    return compacted;
  }

  @Override
  public ShardId id() {
    return ShardId.SYSTEM;
  }

  @Override
  public synchronized long leadingTerm() {
    return term;
  }

  @Override
  public Optional<NodeId> leader() {
    return Optional.of(new NodeId("self"));
  }

  @Override
  public void confirmRead(long inTerm) {
    // Alone, it leads.
  }

  @Override
  public synchronized LogPosition committed() {
    return new LogPosition(1, log.size());
  }

  @Override
  public synchronized void compact(LogPosition position) {
    compacted = position;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
