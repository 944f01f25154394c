// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.ShardId;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A node's journal, watched over all its lives: terms on the disk never fall, and in one term a
 * node votes for one. Entries are counted as if of one group.
 */
record PromisingJournal(Journal journal, Promises promises) implements Journal {
  /** What a node cannot take back, and what it has written since. Outlives the node's crashes. */
  static final class Promises {
    private record Written(long end, JournalRecord.HardState state) {}

    private final Map<ShardId, JournalRecord.HardState> given = new HashMap<>();
    private int votes;
    private int forces;
    private long forcedIndex;
    private final ArrayDeque<long[]> entries = new ArrayDeque<>();
    private final ArrayDeque<Written> written = new ArrayDeque<>();

    /** How many votes are on the disk. */
    int votes() {
      return votes;
    }

    /** How often something new was forced. */
    int forces() {
      return forces;
    }

    /** The log of this life is on the disk through here. */
    long forcedIndex() {
      return forcedIndex;
    }

    void newLife() {
      written.clear();
      entries.clear();
    }

    private void append(JournalRecord.HardState state, long end) {
      written.add(new Written(end, state));
      JournalRecord.HardState before = given.get(state.group());
      Invariant.check(
          before == null
              || state.term() > before.term()
              || state.term() == before.term()
                  && (before.vote().isEmpty() || before.vote().equals(state.vote())),
          "%s was forced, now %s is written",
          before,
          state);
    }

    private void append(long index, long end) {
      forcedIndex = Math.min(forcedIndex, index - 1);
      entries.add(new long[] {end, index});
    }

    private void forced(long offset) {
      forces += !entries.isEmpty() && entries.peek()[0] <= offset ? 1 : 0;
      while (!entries.isEmpty() && entries.peek()[0] <= offset) {
        forcedIndex = entries.remove()[1];
      }
      while (!written.isEmpty() && written.peek().end() <= offset) {
        JournalRecord.HardState state = written.remove().state();
        given.put(state.group(), state);
        votes += state.vote().isPresent() ? 1 : 0;
      }
    }
  }

  @Override
  public Recovery recover(Consumer<JournalRecord> visitor, Progress progress) {
    promises.newLife();
    return journal.recover(visitor, progress);
  }

  @Override
  public long append(JournalRecord record) {
    long end = journal.append(record);
    if (record instanceof JournalRecord.HardState state) {
      promises.append(state, end);
    }
    if (record instanceof JournalRecord.Entry entry) {
      promises.append(entry.position().index(), end);
    }
    return end;
  }

  @Override
  public void force(long offset) {
    journal.force(offset);
    promises.forced(offset);
  }

  @Override
  public void forceToDisk(long offset) {
    journal.forceToDisk(offset);
  }

  @Override
  public long forcedOffset() {
    return journal.forcedOffset();
  }

  @Override
  public long endOffset() {
    return journal.endOffset();
  }

  @Override
  public long retainedBytes() {
    return journal.retainedBytes();
  }

  @Override
  public void purge(Map<ShardId, LogPosition> covered) {
    journal.purge(covered);
  }

  @Override
  public Retention retain(ShardId group, long index) {
    return journal.retain(group, index);
  }

  @Override
  public OptionalLong oldestIndex(ShardId group) {
    return journal.oldestIndex(group);
  }

  @Override
  public void read(
      ShardId group, long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    journal.read(group, above, through, visitor);
  }

  @Override
  public void onWritten(LongConsumer listener) {
    journal.onWritten(listener);
  }

  @Override
  public Durability durability() {
    return journal.durability();
  }

  @Override
  public List<Metric> metrics() {
    return journal.metrics();
  }

  @Override
  public void close() {
    journal.close();
  }
}
