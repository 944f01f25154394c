// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import java.util.List;

/** Takes one group's records of earlier lives up, in the order of the journal. */
final class Replay {
  private static final long UNKNOWN = -1;

  private final ShardId id;
  private final NodeId self;
  private final StateMachine machine;

  private long term;
  private boolean configured;
  private long appliedIndex = UNKNOWN;
  private boolean applies;

  Replay(ShardId id, NodeId self, StateMachine machine) {
    this.id = id;
    this.self = self;
    this.machine = machine;
  }

  /** The highest term seen. */
  long term() {
    return Math.max(term, machine.applied().term());
  }

  /** Whether the group was never here before. */
  boolean isNew() {
    return !configured;
  }

  void take(JournalRecord record) {
    if (record instanceof JournalRecord.Recovered entry) {
      // First and by itself: nearly all are, and a type switch is slow until it is compiled.
      entry(entry);
      return;
    }
    switch (record) {
      case JournalRecord.Recovered entry -> throw Invariant.unreachable("entries are taken before");
      case JournalRecord.Entry entry ->
          throw Invariant.unreachable("recovery hands out entries as they are read");
      case JournalRecord.HardState state -> term = Math.max(term, state.term());
      case JournalRecord.Configuration configuration -> configuration(configuration);
      case JournalRecord.SnapshotInstalled snapshot -> requireApplied(snapshot);
    }
  }

  private void entry(JournalRecord.Recovered entry) {
    term = Math.max(term, entry.position().term());
    long applied = appliedIndex();
    long index = entry.position().index();
    if (index <= applied) {
      if (applies) {
        throw corrupted("index " + index + " comes again behind index " + applied);
      }
      return;
    }
    if (index != applied + 1) {
      throw corrupted(
          "the entries behind index " + applied + " are missing: index " + index + " comes next");
    }
    machine.apply(entry.position(), machine.decode(entry.payload()));
    appliedIndex = index;
    applies = true;
  }

  private long appliedIndex() {
    if (appliedIndex == UNKNOWN) {
      appliedIndex = machine.applied().index();
    }
    return appliedIndex;
  }

  private void configuration(JournalRecord.Configuration configuration) {
    if (!configuration.voters().equals(List.of(self))
        || !configuration.outgoing().isEmpty()
        || !configuration.learners().isEmpty()) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "shard "
                  + id
                  + " in this data directory belongs to the nodes "
                  + configuration.voters()
                  + ", this node is "
                  + self)
          .withHint("Set the node id it was made with, or open it as a member of its cluster.");
    }
    configured = true;
  }

  private void requireApplied(JournalRecord.SnapshotInstalled snapshot) {
    if (snapshot.position().index() > appliedIndex()) {
      throw corrupted(
          "the snapshot at index "
              + snapshot.position().index()
              + " is missing: the state ends at index "
              + appliedIndex());
    }
  }

  private DistDbException corrupted(String what) {
    return new DistDbException(ErrorCode.DATA_CORRUPTED, "in the log of shard " + id + " " + what)
        .withHint("Restore the directory from a backup or from another replica.");
  }
}
