// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What was done to a journal, and what recovery must then find: a run of the appended entries, in
 * order, that begins at or before the first one no purge covered and ends at or behind the last one
 * that was acknowledged; and of the other kinds, per group, the last acknowledged or a later one.
 *
 * <p>Filled by one thread.
 */
public final class JournalHistory {
  private final List<JournalRecord> appended = new ArrayList<>();
  private final Map<ShardId, LogPosition> covered = new TreeMap<>();
  private int acknowledged;

  /** Appends to the journal and notes it. */
  public long append(Journal journal, JournalRecord record) {
    appended.add(asRead(record));
    try {
      return journal.append(record);
    } catch (DistDbException refused) {
      appended.removeLast();
      throw refused;
    }
  }

  /** Forces the journal; from then on, all that was appended must last. */
  public void force(Journal journal) {
    int promised = appended.size();
    journal.force(journal.endOffset());
    acknowledged = promised;
  }

  /** Purges the journal through the given position of one group. */
  public void purge(Journal journal, ShardId group, LogPosition position) {
    covered.put(group, position);
    journal.purge(new TreeMap<>(covered));
  }

  /** Closes the journal, which acknowledges everything. */
  public void close(Journal journal) {
    int promised = appended.size();
    journal.close();
    acknowledged = promised;
  }

  /** Makes what recovery found the new truth, as a process does that goes on from it. */
  public void goOnFrom(List<JournalRecord> recovered) {
    int end = check(recovered);
    while (appended.size() > end) {
      appended.removeLast();
    }
    acknowledged = appended.size();
  }

  public int acknowledged() {
    return acknowledged;
  }

  /**
   * Compares what recovery found.
   *
   * @return how many of the appended records it found, from the first on
   */
  public int check(List<JournalRecord> recovered) {
    List<JournalRecord.Recovered> found = entries(recovered);
    List<JournalRecord.Recovered> expected = entries(appended);
    int needed = entries(appended.subList(0, acknowledged)).size();
    int start = found.isEmpty() ? expected.size() : expected.indexOf(found.getFirst());
    require(start >= 0, () -> "invented the entry " + found.getFirst());
    int end = found.isEmpty() ? needed : start + found.size();
    require(
        found.isEmpty() || (end <= expected.size() && expected.subList(start, end).equals(found)),
        () -> "entries are not a run of those appended: " + positions(found));
    require(end >= needed, () -> "lost acknowledged entries: found " + positions(found));
    for (JournalRecord.Recovered entry : expected.subList(0, Math.min(start, needed))) {
      LogPosition through = covered.get(entry.group());
      require(
          through != null && through.index() >= entry.position().index(),
          () -> "purged " + entry.group() + " " + entry.position() + ", which is not covered");
    }
    checkLast(recovered, JournalRecord.HardState.class);
    checkLast(recovered, JournalRecord.Configuration.class);
    checkLast(recovered, JournalRecord.SnapshotInstalled.class);
    return endInAppended(end, recovered);
  }

  private int endInAppended(int entriesFound, List<JournalRecord> recovered) {
    int end = 0;
    int entries = 0;
    for (int i = 0; i < appended.size(); i++) {
      if (appended.get(i) instanceof JournalRecord.Recovered) {
        entries++;
        end = entries <= entriesFound ? i + 1 : end;
      } else if (recovered.contains(appended.get(i)) && entries <= entriesFound) {
        end = i + 1;
      }
    }
    return Math.max(end, acknowledged);
  }

  /** Of each group, the last one found is the last one acknowledged, or one appended later. */
  private void checkLast(List<JournalRecord> recovered, Class<? extends JournalRecord> kind) {
    Map<ShardId, JournalRecord> last = new TreeMap<>();
    recovered.stream().filter(kind::isInstance).forEach(record -> last.put(record.group(), record));
    Map<ShardId, Integer> promised = new TreeMap<>();
    for (int i = 0; i < acknowledged; i++) {
      if (kind.isInstance(appended.get(i))) {
        promised.put(appended.get(i).group(), i);
      }
    }
    promised.forEach((group, at) ->
        require(
            last.containsKey(group),
            () -> "lost the " + kind.getSimpleName() + " of group " + group));
    last.forEach((group, record) ->
        require(
            appended.subList(promised.getOrDefault(group, 0), appended.size()).contains(record),
            () -> "found an old or invented " + record));
  }

  private static List<JournalRecord.Recovered> entries(List<JournalRecord> records) {
    List<JournalRecord.Recovered> entries = new ArrayList<>();
    for (JournalRecord record : records) {
      if (record instanceof JournalRecord.Recovered entry) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static List<String> positions(List<JournalRecord.Recovered> entries) {
    return entries.stream().map(entry -> entry.group() + ":" + entry.position().index()).toList();
  }

  private static JournalRecord asRead(JournalRecord record) {
    return record instanceof JournalRecord.Entry entry
        ? new JournalRecord.Recovered(entry.group(), entry.position(), entry.payload().toBytes())
        : record;
  }

  private static void require(boolean condition, Supplier<String> what) {
    if (!condition) {
      throw new AssertionError(what.get());
    }
  }
}
