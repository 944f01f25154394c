// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a group's core asks for, and knows what of it the journal has. In the host's turn.
 */
final class GroupJournal {
  private final ShardId id;
  private final Journal journal;

  // --- what the journal has ---
  private long term;
  private Optional<NodeId> vote = Optional.empty();
  private long lastIndex;
  private long end;

  GroupJournal(ShardId id, Journal journal) {
    this.id = id;
    this.journal = journal;
  }

  void begin(RaftCore core) {
    term = core.term();
    vote = core.vote();
    lastIndex = core.last().index();
    end = journal.endOffset();
  }

  /** The last entry that the journal has of the core's log. */
  long lastIndex() {
    return lastIndex;
  }

  /** What {@link Journal#force} needs so that everything written here is on the disk. */
  long end() {
    return end;
  }

  void write(Effect.HardState state) {
    append(new JournalRecord.HardState(id, state.term(), state.vote()));
    term = state.term();
    vote = state.vote();
  }

  /**
   * The core's log has these in the place of what the journal has at and above the first one's
   * index: which counts no longer, whether or not there is room for any record about it.
   */
  void supersede(List<Entry> entries) {
    if (!entries.isEmpty()) {
      lastIndex = Math.min(lastIndex, entries.getFirst().index() - 1);
    }
  }

  void write(List<Entry> entries) {
    for (Entry entry : entries) {
      append(record(entry));
      lastIndex = entry.index();
    }
  }

  /**
   * Says that a snapshot is about to take the place of the log, on the disk when this returns. The
   * empty entry voids what the log had at and above its place, for whoever reads the journal; see
   * {@link Recall} for what a crash leaves.
   *
   * <p>A full disk may leave some of these records, or all and no snapshot: then nothing was
   * installed either, as after a crash in between.
   */
  void install(Effect.Installed installed) {
    LogPosition position = installed.position();
    append(new JournalRecord.SnapshotInstalled(id, position));
    append(new JournalRecord.Entry(id, position, EmptyPayload.EMPTY));
    append(configuration(position, installed.membership()));
    journal.force(end);
    lastIndex = position.index();
  }

  /** Says who founded the group, on the disk when this returns. */
  void begin(Membership founders) {
    append(configuration(LogPosition.START, founders));
    journal.force(end);
  }

  private void append(JournalRecord record) {
    DiskFull.refusing(() -> end = journal.append(record));
  }

  /**
   * What a core would find that began now: all that was written of the log of {@code core}, forced.
   *
   * @param applied what the state machine was given
   */
  RaftCore.OnDisk kept(RaftCore core, long applied) {
    journal.force(end);
    long base = core.base().index();
    List<Entry> entries = new ArrayList<>();
    for (long index = base + 1; index <= lastIndex; index++) {
      entries.add(core.entry(index).orElseThrow());
    }
    return new RaftCore.OnDisk(term, vote, core.base(), core.membershipAt(base), entries, applied);
  }

  /** The same log with the term and vote that were written since. */
  RaftCore.OnDisk again(RaftCore.OnDisk disk) {
    journal.force(end);
    lastIndex = disk.base().index() + disk.entries().size();
    return new RaftCore.OnDisk(
        term, vote, disk.base(), disk.membership(), disk.entries(), disk.applied());
  }

  private JournalRecord record(Entry entry) {
    return switch (entry.content()) {
      case Entry.Nothing nothing ->
          new JournalRecord.Entry(id, entry.position(), EmptyPayload.EMPTY);
      case Entry.Data data -> new JournalRecord.Entry(id, entry.position(), data.command());
      case Membership membership -> configuration(entry.position(), membership);
    };
  }

  private JournalRecord.Configuration configuration(LogPosition position, Membership membership) {
    return new JournalRecord.Configuration(
        id, position, membership.voters(), membership.outgoing(), membership.learners());
  }
}
