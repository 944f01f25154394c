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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A log in memory that several members apply, each in its own thread and time, or all in that of
 * who proposes; a test says who leads it, who pauses, and what is not answered. Nothing else fails:
 * that is for the simulations of whole clusters.
 */
final class SharedLog implements AutoCloseable {
  private final List<Bytes> log = new ArrayList<>();
  private final Map<NodeId, Member> members = new LinkedHashMap<>();
  private NodeId leader;
  private long term;
  private boolean closed;
  private volatile Predicate<Command> unanswered = command -> false;
  private volatile Predicate<Command> inDoubt = command -> false;

  /** A proposal returns when all have applied it, and whoever proposes does that. */
  private final boolean together;

  SharedLog(boolean together) {
    this.together = together;
  }

  Member member(NodeId id) {
    Member member = new Member(id);
    synchronized (this) {
      members.put(id, member);
    }
    return member;
  }

  /** Everybody hears of it once the new leader has applied all there is. */
  void lead(NodeId next) {
    Member old;
    Member chosen;
    long newTerm;
    synchronized (this) {
      old = leader == null ? null : members.get(leader);
      chosen = members.get(next);
      newTerm = ++term;
      leader = null;
    }
    if (old != null) {
      old.machine.following(newTerm - 1);
    }
    chosen.awaitApplied(size());
    synchronized (this) {
      leader = next;
    }
    chosen.machine.leading(newTerm);
  }

  /** Nobody leads, until somebody does. */
  void loseLeader() {
    Member old;
    long oldTerm;
    synchronized (this) {
      old = members.get(leader);
      oldTerm = term++;
      leader = null;
    }
    old.machine.following(oldTerm);
  }

  /** Whoever proposes such a command does not learn what becomes of it; it becomes nothing. */
  void leaveUnanswered(Predicate<Command> commands) {
    unanswered = commands;
  }

  /** Whoever proposes such a command does not learn what becomes of it; it is in the log. */
  void leaveInDoubt(Predicate<Command> commands) {
    inDoubt = commands;
  }

  /** From now on {@code node} applies nothing more, until {@link #resume}. */
  void pause(NodeId node) {
    members.get(node).pause(true);
  }

  void resume(NodeId node) {
    members.get(node).pause(false);
  }

  /** The state of {@code from} takes the place of that of {@code to}, which is paused. */
  void install(NodeId from, NodeId to) {
    List<ByteBuffer> chunks = new ArrayList<>();
    LogPosition position =
        members
            .get(from)
            .machine
            .exportSnapshot(
                chunk -> chunks.add(ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array())));
    members.get(to).install(position, chunks);
  }

  private synchronized long size() {
    return log.size();
  }

  @Override
  public void close() {
    List<Member> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(members.values());
      notifyAll();
    }
    all.forEach(member -> member.pause(false));
    all.forEach(Member::join);
  }

  /** Stops all members; the log stays for new ones. */
  synchronized SharedLog restarted() {
    SharedLog next = new SharedLog(together);
    next.log.addAll(log);
    next.term = term;
    return next;
  }

  private synchronized long append(long inTerm, NodeId by, Bytes payload) {
    if (inTerm != term || !by.equals(leader)) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW, by + " does not lead in term " + inTerm);
    }
    log.add(payload);
    if (together) {
      members.values().forEach(member -> member.apply(log.size(), payload));
    }
    notifyAll();
    return log.size();
  }

  /** The entry at {@code index}, or null: the log is closed. */
  private synchronized Bytes await(long index) {
    while (log.size() < index && !closed) {
      waitForMore();
    }
    return closed ? null : log.get((int) index - 1);
  }

  private void waitForMore() {
    try {
      wait();
    } catch (InterruptedException ends) {
      throw new IllegalStateException(ends);
    }
  }

  /** One node's view. */
  final class Member implements Consensus, ConsensusGroup {
    private final NodeId self;
    private StateMachine machine;
    private Thread applier;
    private boolean paused;
    private long applied;
    private final Map<Long, Object> answers = new LinkedHashMap<>();

    Member(NodeId self) {
      this.self = self;
    }

    @Override
    public ConsensusGroup open(ShardId group, StateMachine newMachine) {
      machine = newMachine;
      return this;
    }

    @Override
    public Journal.Recovery start(Journal.Progress progress) {
      if (together) {
        for (long index = 1; index <= size(); index++) {
          apply(index, log.get((int) index - 1));
        }
        return new Journal.Recovery(0, 0, 1, 0, true, 0);
      }
      applier = Thread.ofPlatform().daemon().start(this::applyAll);
      return new Journal.Recovery(0, 0, 1, 0, true, 0);
    }

    private void applyAll() {
      long index = next();
      for (Bytes entry = await(index); entry != null; entry = await(index)) {
        synchronized (machine) {
          if (!isPaused() && index == next()) {
            apply(index, entry);
          }
        }
        awaitGoing();
        index = next();
      }
    }

    private synchronized long next() {
      return applied + 1;
    }

    private synchronized boolean isPaused() {
      return paused;
    }

    private void pause(boolean pauses) {
      synchronized (machine) {
        synchronized (this) {
          paused = pauses;
          notifyAll();
        }
      }
    }

    private synchronized void awaitGoing() {
      while (paused) {
        try {
          wait();
        } catch (InterruptedException ends) {
          throw new IllegalStateException(ends);
        }
      }
    }

    private void install(LogPosition position, List<ByteBuffer> chunks) {
      machine.installSnapshot(position, chunks);
      synchronized (this) {
        applied = position.index();
        notifyAll();
      }
    }

    private void apply(long index, Bytes entry) {
      Object answer = machine.apply(new LogPosition(1, index), machine.decode(entry));
      synchronized (this) {
        applied = index;
        answers.put(index, answer);
        notifyAll();
      }
    }

    private synchronized Object awaitApplied(long index) {
      while (applied < index) {
        try {
          wait();
        } catch (InterruptedException ends) {
          throw new IllegalStateException(ends);
        }
      }
      return answers.remove(index);
    }

    void join() {
      if (applier == null) {
        return;
      }
      try {
        applier.join();
      } catch (InterruptedException ends) {
        throw new IllegalStateException(ends);
      }
    }

    @Override
    public Object propose(long inTerm, Command command) {
      if (unanswered.test(command)) {
        throw new DistDbException(ErrorCode.COMMIT_OUTCOME_UNKNOWN, "nobody answers");
      }
      long index = append(inTerm, self, command.toBytes());
      if (inDoubt.test(command)) {
        throw new DistDbException(ErrorCode.COMMIT_OUTCOME_UNKNOWN, "the answer is lost");
      }
      return awaitApplied(index);
    }

    @Override
    public ShardId id() {
      return ShardId.SYSTEM;
    }

    @Override
    public long leadingTerm() {
      synchronized (SharedLog.this) {
        return self.equals(leader) ? term : -1;
      }
    }

    @Override
    public Optional<NodeId> leader() {
      synchronized (SharedLog.this) {
        return Optional.ofNullable(leader);
      }
    }

    @Override
    public void confirmRead(long inTerm) {
      if (leadingTerm() != inTerm) {
        throw new DistDbException(
            ErrorCode.CANNOT_CONNECT_NOW, self + " does not lead in term " + inTerm);
      }
    }

    @Override
    public synchronized LogPosition committed() {
      return new LogPosition(1, applied);
    }

    @Override
    public void compact(LogPosition position) {
      // The log stays whole.
    }

    @Override
    public void close() {
      // The log is closed for all.
    }
  }
}
