// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Retry;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.RowModel.Row;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A session of random transactions: rows of its own in {@code item}, and counters in {@code cell}
 * that all sessions share, in any order, so that there are deadlocks. A cell is at any time the sum
 * of the deltas of its items.
 */
final class RandomWriter {
  static final int CELLS = 4;
  static final int TAGS = 3;

  private static final List<String> LEVELS =
      List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE");

  private final Session session;
  private final RowModel model;
  private final SeededRandom random;
  private final ExpectedErrors expected;

  RandomWriter(Session session, RowModel model, SeededRandom random, ExpectedErrors expected) {
    this.session = session;
    this.model = model;
    this.random = random;
    this.expected = expected;
    if (random.chance(0.3)) {
      session.execute("SET lock_timeout = '2ms'");
    }
  }

  /**
   * Runs one transaction.
   *
   * @return false when its outcome is not known: only a recovery tells
   */
  boolean step() {
    TreeMap<Long, Row> rows = model.rows();
    try {
      session.execute("BEGIN ISOLATION LEVEL " + random.pick(LEVELS));
      for (int left = 1 + random.below(3); left > 0; left--) {
        change(rows);
      }
      if (random.chance(0.1)) {
        session.execute("ROLLBACK");
        return true;
      }
      model.committing(rows);
      session.execute("COMMIT");
      model.committed();
      return true;
    } catch (DistDbException failure) {
      expected.check(failure);
      if (failure.code().retry() == Retry.ASK_FIRST) {
        return false;
      }
      model.refused();
      session.execute("ROLLBACK");
      return true;
    }
  }

  private void change(TreeMap<Long, Row> rows) {
    if (random.chance(0.25)) {
      session.execute("SAVEPOINT s");
      insert(new TreeMap<>(rows));
      session.execute("ROLLBACK TO SAVEPOINT s");
    }
    if (rows.isEmpty() || random.chance(0.4)) {
      insert(rows);
    } else if (random.chance(0.4)) {
      delete(rows);
    } else {
      update(rows);
    }
  }

  private void insert(TreeMap<Long, Row> rows) {
    Row row = new Row(random.below(TAGS), random.below(CELLS), 1 + random.below(9));
    long id = model.newId();
    rows.put(id, row);
    addTo(row.cell(), row.delta());
    session.execute(
        "INSERT INTO item VALUES ("
            + id
            + ", "
            + row.tag()
            + ", "
            + row.cell()
            + ", "
            + row.delta()
            + ")");
  }

  private void delete(TreeMap<Long, Row> rows) {
    long id = anyId(rows);
    Row row = rows.remove(id);
    session.execute("DELETE FROM item WHERE id = " + id);
    addTo(row.cell(), -row.delta());
  }

  private void update(TreeMap<Long, Row> rows) {
    long id = anyId(rows);
    Row before = rows.get(id);
    Row after = new Row(random.below(TAGS), before.cell(), before.delta() + 1);
    rows.put(id, after);
    session.execute(
        "UPDATE item SET tag = " + after.tag() + ", delta = delta + 1 WHERE id = " + id);
    addTo(after.cell(), 1);
  }

  private void addTo(long cell, long delta) {
    session.execute("UPDATE cell SET n = n + " + delta + " WHERE id = " + cell);
  }

  private long anyId(TreeMap<Long, Row> rows) {
    return random.pick(new ArrayList<>(rows.keySet()));
  }

  /** Which errors a statement may end with now. */
  static final class ExpectedErrors {
    private boolean diskFails;

    /** From now on the disk is full or broken. */
    void diskFails() {
      diskFails = true;
    }

    void check(DistDbException failure) {
      boolean ofTheDisk =
          switch (failure.code()) {
            case DISK_FULL, IO_ERROR, COMMIT_OUTCOME_UNKNOWN, CANNOT_CONNECT_NOW -> diskFails;
            default -> false;
          };
      boolean ofOthers =
          failure.code().retry() == Retry.TRANSACTION || failure.code() == ErrorCode.QUERY_CANCELED;
      if (!ofTheDisk && !ofOthers) {
        assertThat(failure).as("only what was caused").isNull();
      }
    }
  }
}
