// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.TreeMap;

/**
 * What a node has on its disk of the one group, as the calls to its journal say, over all its
 * lives; and what it cannot take back: terms never fall, and in a term a node votes for one.
 */
final class DurableLog {
  private record Written(long end, JournalRecord record) {}

  private final String node;

  /** Those that are written, durable or not, by their index. */
  private final TreeMap<Long, JournalRecord.Configuration> configurations = new TreeMap<>();

  private final TreeMap<Long, Long> terms = new TreeMap<>();
  private final ArrayDeque<Written> written = new ArrayDeque<>();
  private long through;
  private JournalRecord.HardState promised;
  private JournalRecord.HardState found;

  DurableLog(String node) {
    this.node = node;
  }

  /** A new life: the disk will say what there is. */
  void beginRecovery() {
    written.clear();
    found = null;
  }

  /** A record that is there, the newest last. */
  void recovered(JournalRecord record) {
    written.add(new Written(0, record));
    if (record instanceof JournalRecord.HardState state) {
      found = state;
    } else if (record instanceof JournalRecord.Configuration configuration) {
      configurations.put(configuration.position().index(), configuration);
    }
  }

  /** What was found is durable: the journal sees to it. */
  void endRecovery() {
    if (promised != null) {
      assertThat(found).as("term and vote of %s that the disk has", node).isNotNull();
      checkPromise(found);
    }
    terms.clear();
    forced(0);
  }

  void append(JournalRecord record, long end) {
    written.add(new Written(end, record));
    switch (record) {
      case JournalRecord.HardState state -> checkPromise(state);
      case JournalRecord.Entry entry ->
          configurations.tailMap(entry.position().index(), true).clear();
      case JournalRecord.Configuration configuration -> {
        long index = configuration.position().index();
        configurations.tailMap(index, true).clear();
        configurations.put(index, configuration);
      }
      case JournalRecord.SnapshotInstalled installed -> {
        // The entry that follows voids what is behind it.
      }
      case JournalRecord.Recovered recovered -> {
        // Not on the way there.
      }
    }
  }

  private void checkPromise(JournalRecord.HardState state) {
    JournalRecord.HardState before = promised;
    if (before != null) {
      assertThat(state.term())
          .as("term of %s after %s", node, before)
          .isGreaterThanOrEqualTo(before.term());
      if (state.term() == before.term() && before.vote().isPresent()) {
        assertThat(state.vote()).as("vote of %s after %s", node, before).isEqualTo(before.vote());
      }
    }
  }

  void forced(long offset) {
    while (!written.isEmpty() && written.peek().end() <= offset) {
      put(written.remove().record());
    }
  }

  private void put(JournalRecord record) {
    switch (record) {
      case JournalRecord.Entry entry -> supersede(entry.position());
      case JournalRecord.Recovered entry -> supersede(entry.position());
      case JournalRecord.SnapshotInstalled installed -> purged(installed.position());
      case JournalRecord.HardState state -> promised = state;
      case JournalRecord.Configuration configuration -> {
        // One that the state holds was carried forward by a purge, behind later ones.
        if (configuration.position().index() > through) {
          supersede(configuration.position());
        }
      }
    }
  }

  private void supersede(LogPosition position) {
    terms.tailMap(position.index(), true).clear();
    terms.put(position.index(), position.term());
  }

  /** The state holds everything through {@code position}. */
  void purged(LogPosition position) {
    through = Math.max(through, position.index());
  }

  /** The one of an index, and those behind it, as far as this node knows. */
  Collection<JournalRecord.Configuration> configurationsFrom(long index) {
    Long since = configurations.floorKey(index);
    return configurations.tailMap(since == null ? 0 : since, true).values();
  }

  boolean holds(LogPosition position) {
    Long term = terms.get(position.index());
    return term != null ? term == position.term() : position.index() <= through;
  }

  @Override
  public String toString() {
    return node + ": state through " + through + ", log " + terms + ", " + promised;
  }
}
