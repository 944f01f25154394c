// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a node has on its disk of the one group, as the calls to its journal say, over all its
 * lives; and what it cannot take back: terms never fall, and in a term a node votes for one.
 */
final class DurableLog {
  private record Written(long end, JournalRecord record) {}

  private final String node;
  private final Consumer<JournalRecord.Configuration> configurations;
  private final TreeMap<Long, Long> terms = new TreeMap<>();
  private final ArrayDeque<Written> written = new ArrayDeque<>();
  private long through;
  private JournalRecord.HardState promised;
  private JournalRecord.HardState found;

  /**
   * @param configurations told of each that is written, durable or not
   */
  DurableLog(String node, Consumer<JournalRecord.Configuration> configurations) {
    this.node = node;
    this.configurations = configurations;
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
    if (record instanceof JournalRecord.HardState state) {
      checkPromise(state);
    } else if (record instanceof JournalRecord.Configuration configuration) {
      configurations.accept(configuration);
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
        if (configuration.position().index() > 0) {
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

  boolean holds(LogPosition position) {
    Long term = terms.get(position.index());
    return term != null ? term == position.term() : position.index() <= through;
  }

  @Override
  public String toString() {
    return node + ": state through " + through + ", log " + terms + ", " + promised;
  }
}
