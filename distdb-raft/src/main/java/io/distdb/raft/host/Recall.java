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

  /** Memberships at or below {@link #applied} that no later record has voided. */
  private final TreeMap<Long, Entry> before = new TreeMap<>();

  private long term;
  private Optional<NodeId> vote = Optional.empty();

  // --- an installed snapshot is three records in a row ---
  private Installing installing = Installing.NOTHING;
  private LogPosition snapshot = LogPosition.START;

  /** Which of the three was the last record. */
  private enum Installing {
    NOTHING,
    SAID,
    VOIDED
  }

  Recall(ShardId group, LogPosition applied) {
    this.group = group;
    this.applied = applied;
  }

  void take(JournalRecord record) {
    Installing last = installing;
    installing = Installing.NOTHING;
    switch (record) {
      case JournalRecord.Recovered recovered -> {
        if (last == Installing.SAID
            && recovered.position().equals(snapshot)
            && recovered.payload().isEmpty()) {
          installing = Installing.VOIDED;
          voided();
        } else {
          entry(entry(recovered));
        }
      }
      case JournalRecord.Entry entry ->
          throw Invariant.unreachable("recovery hands out entries as they are read");
      case JournalRecord.HardState state -> {
        term = state.term();
        vote = state.vote();
      }
      case JournalRecord.Configuration configuration ->
          configuration(configuration, last == Installing.VOIDED);
      case JournalRecord.SnapshotInstalled installed -> {
        // Alone it was carried forward by a purge, and tells nothing new.
        installing = Installing.SAID;
        snapshot = installed.position();
      }
    }
  }

  /**
   * A snapshot took the place of the log, unless a crash came before the state machine had it: then
   * nothing was told anybody, and the log is what it was.
   */
  private void voided() {
    if (snapshot.index() <= applied.index()) {
      entries.clear();
      before.tailMap(snapshot.index(), true).clear();
    }
  }

  private void configuration(JournalRecord.Configuration record, boolean ofSnapshot) {
    LogPosition position = record.position();
    Entry entry =
        new Entry(position, new Membership(record.voters(), record.outgoing(), record.learners()));
    if (position.index() > applied.index()) {
      if (!ofSnapshot || !position.equals(snapshot)) {
        entry(entry);
      }
      return;
    }
    // One that a purge carried forward comes behind later ones, and voids none of them.
    before
        .values()
        .removeIf(other ->
            other.index() == position.index()
                || other.index() > position.index() && other.term() < position.term());
    before.put(position.index(), entry);
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
    entries.tailMap(entry.index(), true).clear();
    before.tailMap(entry.index(), true).clear();
    if (entry.index() > applied.index()) {
      entries.put(entry.index(), entry);
    }
  }

  /** Whether the group was never here before. */
  boolean isNew() {
    return before.isEmpty() && entries.isEmpty() && term == 0;
  }

  /** Whether nobody but one node ever voted: so {@code SoloConsensus} begins. */
  boolean wasAlone() {
    return before.size() == 1
        && before.firstKey() == 0
        && before.firstEntry().getValue().content() instanceof Membership first
        && first.voters().size() == 1
        && first.everyone().size() == 1
        && entries.values().stream().noneMatch(entry -> entry.content() instanceof Membership);
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
    Membership membership =
        before.isEmpty() ? Membership.NOBODY : (Membership) before.lastEntry().getValue().content();
    return new RaftCore.OnDisk(
        known, known > term ? Optional.empty() : vote, applied, membership, log, applied.index());
  }

  private DistDbException corrupted(String what) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED, "in the log of shard " + group + " " + what)
        .withHint("Restore the directory from a backup, or wipe it and add the node anew.");
  }
}
