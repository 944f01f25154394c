// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records other than entries that are still in force, and the segment each is in: what a purge
 * must carry forward, so that an idle group never pins a segment. Guarded by the journal's lock.
 *
 * <p>In force are, of each group: the last hard state, the last snapshot installed, and those
 * configurations that no later record has voided. A configuration is voided by an entry of its own
 * index or a lower one that comes after it, and by a configuration of the same index, or of a lower
 * one and a higher term: that is a new leader overwriting the log. A carried configuration has a
 * term that is at most that of any entry above it, so it voids nothing when it is read again.
 */
final class LiveRecords {
  private final Map<ShardId, Group> groups = new TreeMap<>();
  private Group lastUsed;

  void note(JournalRecord record, Segment segment) {
    Group group = group(record.group());
    if (record instanceof JournalRecord.Recovered recovered) {
      // First and by itself: of a replay nearly all are, and a type switch costs more than the
      // rest.
      group.entry(recovered.position(), segment);
      return;
    }
    switch (record) {
      case JournalRecord.Entry entry -> group.entry(entry.position(), segment);
      case JournalRecord.Recovered recovered -> group.entry(recovered.position(), segment);
      case JournalRecord.HardState state -> group.hardState = new Held(state, segment);
      case JournalRecord.SnapshotInstalled snapshot -> group.snapshot = new Held(snapshot, segment);
      case JournalRecord.Configuration configuration -> group.configuration(configuration, segment);
    }
  }

  private Group group(ShardId id) {
    Group group = lastUsed;
    if (group == null || !group.id.equals(id)) {
      group = groups.computeIfAbsent(id, Group::new);
      lastUsed = group;
    }
    return group;
  }

  /**
   * What must be written again before segments up to {@code epoch} go, in the order in which it was
   * written.
   */
  List<JournalRecord> toCarry(long epoch, Map<ShardId, LogPosition> covered) {
    List<JournalRecord> carried = new ArrayList<>();
    for (Group group : groups.values()) {
      group.forgetConfigurationsBefore(covered.getOrDefault(group.id, LogPosition.START));
      addIfIn(group.snapshot, epoch, carried);
      for (Held configuration : group.configurations) {
        addIfIn(configuration, epoch, carried);
      }
      addIfIn(group.hardState, epoch, carried);
    }
    return carried;
  }

  private static void addIfIn(Held held, long epoch, List<JournalRecord> carried) {
    if (held != null && held.segment.header.epoch() <= epoch) {
      carried.add(held.record);
    }
  }

  private record Held(JournalRecord record, Segment segment) {}

  private static final class Group {
    private final ShardId id;
    private Held hardState;
    private Held snapshot;
    private final List<Held> configurations = new ArrayList<>();

    private Group(ShardId id) {
      this.id = id;
    }

    private void entry(LogPosition position, Segment segment) {
      segment.holdsEntry(id, position.index());
      while (!configurations.isEmpty() && last().index() >= position.index()) {
        configurations.removeLast();
      }
    }

    private void configuration(JournalRecord.Configuration record, Segment segment) {
      LogPosition position = record.position();
      segment.holds(id, position.index());
      configurations.removeIf(held -> {
        LogPosition other = position(held);
        return other.index() == position.index()
            || (other.index() > position.index() && other.term() < position.term());
      });
      int place = configurations.size();
      while (place > 0 && position(configurations.get(place - 1)).index() > position.index()) {
        place--;
      }
      configurations.add(place, new Held(record, segment));
    }

    /** Of the configurations at or below {@code covered}, only the last one counts. */
    private void forgetConfigurationsBefore(LogPosition covered) {
      while (configurations.size() > 1
          && position(configurations.get(1)).index() <= covered.index()) {
        configurations.removeFirst();
      }
    }

    private LogPosition last() {
      return position(configurations.getLast());
    }

    private static LogPosition position(Held held) {
      return ((JournalRecord.Configuration) held.record).position();
    }
  }
}
