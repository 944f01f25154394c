// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.wire.StoredCommand;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives committed entries to a group's state machine and results to who waits for them. A machine
 * whose disk is full gets the same entry again later. In the host's turn, but for {@link
 * #committed} and {@link #appliedBytes}.
 */
final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  private final ShardId id;
  private final StateMachine machine;
  private final ArrayDeque<Entry> toApply = new ArrayDeque<>();

  /** In the log, in its order. */
  private final ArrayDeque<Pending> accepted = new ArrayDeque<>();

  /** How many of them wait for this node's disk only. */
  private int locals;

  /** By the index that must be applied before. */
  private final TreeMap<Long, List<Pending>> reads = new TreeMap<>();

  private volatile LogPosition committed = LogPosition.START;
  private volatile long appliedBytes;
  private long given;
  private DistDbException full;

  Applier(ShardId id, StateMachine machine) {
    this.id = id;
    this.machine = machine;
  }

  void begin() {
    committed = machine.applied();
    given = committed.index();
  }

  /** The last entry that was applied, of any kind. */
  LogPosition committed() {
    return committed;
  }

  /** Of all entries that were applied since this object was made, as limits count them. */
  long appliedBytes() {
    return appliedBytes;
  }

  /** The last index that was given to apply. */
  long given() {
    return given;
  }

  /** Why nothing is applied at the moment, or null. */
  DistDbException full() {
    return full;
  }

  boolean isIdle() {
    return toApply.isEmpty();
  }

  /** How many wait for what is in the log. */
  int waiting() {
    return accepted.size();
  }

  void accepted(Pending proposal) {
    accepted.add(proposal);
    locals += proposal.local ? 1 : 0;
  }

  void add(List<Entry> entries) {
    toApply.addAll(entries);
    given = entries.getLast().index();
    goOn();
  }

  /** Applies what is to be applied, as far as there is room. */
  void goOn() {
    while (!toApply.isEmpty()) {
      try {
        apply(toApply.peek());
      } catch (DistDbException refusal) {
        if (refusal.code() != ErrorCode.DISK_FULL) {
          throw refusal;
        }
        stall(refusal);
        return;
      }
      toApply.remove();
    }
    if (full != null) {
      LOG.info("shard {} has room again", id);
      full = null;
    }
  }

  private void stall(DistDbException refusal) {
    if (full == null) {
      LOG.error("shard {} applies nothing until there is room: {}", id, refusal.getMessage());
    }
    full = refusal;
    failProposals(
        new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "the change is in the log and is applied when there is room: " + refusal.getMessage(),
            refusal));
    failReads(refusal);
  }

  private void apply(Entry entry) {
    Object result = null;
    if (entry.content() instanceof Entry.Data data) {
      Command command =
          data.command() instanceof StoredCommand stored
              ? machine.decode(stored.bytes())
              : (Command) data.command();
      result = machine.apply(entry.position(), command);
    }
    committed = entry.position();
    appliedBytes = appliedBytes + entry.bytes();
    Pending mine = accepted.peek();
    if (mine != null && mine.position.equals(entry.position())) {
      accepted.remove();
      locals -= mine.local ? 1 : 0;
      mine.succeed(result);
    }
    while (!reads.isEmpty() && reads.firstKey() <= entry.index()) {
      reads.pollFirstEntry().getValue().forEach(read -> read.succeed(null));
    }
  }

  /** Answers reads once everything through {@code index} is applied. */
  void read(List<Pending> round, long index) {
    if (index <= committed.index()) {
      round.forEach(read -> read.succeed(null));
    } else if (full != null) {
      round.forEach(read -> read.fail(full));
    } else {
      reads.computeIfAbsent(index, none -> new ArrayList<>()).addAll(round);
    }
  }

  /** A snapshot takes the place of everything. */
  void install(LogPosition position, Iterable<ByteBuffer> chunks) {
    machine.installSnapshot(position, chunks);
    toApply.clear();
    committed = position;
    given = position.index();
    full = null;
  }

  /** The log is on this node's disk through {@code index}. */
  void forced(long index) {
    if (locals == 0) {
      return;
    }
    for (Pending proposal : accepted) {
      if (proposal.position.index() > index) {
        return;
      }
      if (proposal.local) {
        proposal.succeed(ConsensusGroup.FORCED);
      }
    }
  }

  /** Proposals that no one will ever hear of, by their place. */
  void failAt(LongPredicate index, DistDbException why) {
    accepted.removeIf(proposal -> {
      boolean fails = index.test(proposal.position.index());
      if (fails) {
        locals -= proposal.local ? 1 : 0;
        proposal.fail(why);
      }
      return fails;
    });
  }

  void failProposals(DistDbException why) {
    accepted.forEach(proposal -> proposal.fail(why));
    accepted.clear();
    locals = 0;
  }

  void failReads(DistDbException why) {
    reads.values().forEach(round -> round.forEach(read -> read.fail(why)));
    reads.clear();
  }
}
