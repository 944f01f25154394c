// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import io.distdb.raft.wire.StoredCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what the journal holds of one group, from its records in their order. */
final class Recall {
  private final ShardId group;

  /** What the state machine holds already. */
  private final LogPosition applied;

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private Membership before = Membership.NOBODY;
  private long term;
  private Optional<NodeId> vote = Optional.empty();

  Recall(ShardId group, LogPosition applied) {
    this.group = group;
    this.applied = applied;
  }

  void take(JournalRecord record) {
    switch (record) {
      case JournalRecord.Recovered recovered -> entry(entry(recovered));
      case JournalRecord.Entry entry ->
          throw Invariant.unreachable("recovery hands out entries as they are read");
      case JournalRecord.HardState state -> {
        term = state.term();
        vote = state.vote();
      }
      case JournalRecord.Configuration configuration -> {
        Membership membership =
            new Membership(
                configuration.voters(), configuration.outgoing(), configuration.learners());
        entry(new Entry(configuration.position(), membership));
      }
      case JournalRecord.SnapshotInstalled snapshot -> installed(snapshot.position());
    }
  }

  private static Entry entry(JournalRecord.Recovered recovered) {
    Bytes payload = recovered.payload();
    return new Entry(
        recovered.position(),
        payload.isEmpty()
            ? Entry.Nothing.NOTHING
            : new Entry.Data(new StoredCommand(payload), payload.length()));
  }

  /** It supersedes every entry at or above its index. */
  private void entry(Entry entry) {
    if (entry.index() <= applied.index()) {
      if (entry.content() instanceof Membership membership) {
        before = membership;
      }
      return;
    }
    entries.tailMap(entry.index(), true).clear();
    entries.put(entry.index(), entry);
  }

  private void installed(LogPosition position) {
    if (position.index() > applied.index()) {
      throw corrupted(
          "the snapshot at index "
              + position.index()
              + " is missing: the state ends at index "
              + applied.index());
    }
    entries.clear();
  }

  /** Whether the group was never here before. */
  boolean isNew() {
    return before.equals(Membership.NOBODY) && entries.isEmpty() && term == 0;
  }

  /**
   * @throws DistDbException {@code DATA_CORRUPTED}: entries are missing
   */
  RaftCore.OnDisk onDisk() {
    List<Entry> log = new ArrayList<>(entries.values());
    long next = applied.index() + 1;
    for (Entry entry : log) {
      if (entry.index() != next) {
        throw corrupted("index " + entry.index() + " comes where index " + next + " is missing");
      }
      next++;
    }
    long known = Math.max(term, log.isEmpty() ? applied.term() : log.getLast().term());
    return new RaftCore.OnDisk(
        known, known > term ? Optional.empty() : vote, applied, before, log, applied.index());
  }

  private DistDbException corrupted(String what) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED, "in the log of shard " + group + " " + what)
        .withHint("Restore the directory from a backup, or wipe it and add the node anew.");
  }
}
