// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows that belong to one session, as its commits were answered. After a crash the database has
 * what was acknowledged, or that and the one commit that was under way: the whole of it.
 */
final class RowModel {
  record Row(long tag, long cell, long delta) {}

  private final long session;
  private TreeMap<Long, Row> acknowledged = new TreeMap<>();
  private Optional<TreeMap<Long, Row>> underWay = Optional.empty();
  private long nextId;

  RowModel(long session) {
    this.session = session;
    nextId = firstId();
  }

  long firstId() {
    return session * 1_000_000;
  }

  long endId() {
    return firstId() + 1_000_000;
  }

  long newId() {
    return nextId++;
  }

  /** A copy to change. */
  TreeMap<Long, Row> rows() {
    return new TreeMap<>(acknowledged);
  }

  void committing(TreeMap<Long, Row> next) {
    underWay = Optional.of(next);
  }

  void committed() {
    acknowledged = underWay.orElseThrow();
    underWay = Optional.empty();
  }

  void refused() {
    underWay = Optional.empty();
  }

  /** Compares with what a recovery found, and settles on it. */
  void settle(TreeMap<Long, Row> found) {
    if (!found.equals(acknowledged)) {
      assertThat(underWay)
          .as("rows of session %s: acknowledged %s, found %s", session, acknowledged, found)
          .hasValue(found);
      acknowledged = found;
    }
    underWay = Optional.empty();
  }
}
