// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Retry;
import io.distdb.sql.session.Session;
import io.distdb.testkit.SeededRandom;
import java.util.TreeSet;

/**
 * A session that creates and drops the indexes of {@code item} while others write to it, and
 * creates tables with a row in them, in one transaction. One per life, so its model is simple.
 */
final class RandomDefinitions {
  private final TreeSet<Integer> acknowledged = new TreeSet<>();
  private final TreeSet<Integer> doubtful = new TreeSet<>();
  private int nextTable;

  /**
   * @return false when its outcome is not known
   */
  boolean step(Session session, SeededRandom random, RandomWriter.ExpectedErrors expected) {
    try {
      switch (random.below(5)) {
        case 0 -> session.execute("CREATE INDEX IF NOT EXISTS item_tag ON item (tag)");
        case 1 -> session.execute("DROP INDEX IF EXISTS item_tag");
        case 2 -> session.execute("CREATE INDEX IF NOT EXISTS item_hash ON item (tag) USING HASH");
        case 3 -> session.execute("DROP INDEX IF EXISTS item_hash");
        default -> createTable(session);
      }
      return true;
    } catch (DistDbException failure) {
      expected.check(failure);
      if (failure.code().retry() == Retry.ASK_FIRST) {
        return false;
      }
      doubtful.clear();
      session.execute("ROLLBACK");
      return true;
    }
  }

  private void createTable(Session session) {
    int number = nextTable++;
    session.execute("BEGIN");
    session.execute("CREATE TABLE extra" + number + " (id BIGINT PRIMARY KEY)");
    session.execute("INSERT INTO extra" + number + " VALUES (1)");
    doubtful.add(number);
    session.execute("COMMIT");
    doubtful.clear();
    acknowledged.add(number);
  }

  /** After a recovery: each table is there with its row, or was never acknowledged. */
  void settle(Session session) {
    for (int number = 0; number < nextTable; number++) {
      boolean there = isThere(session, number);
      if (acknowledged.contains(number)) {
        assertThat(there).as("table extra%s, which was acknowledged", number).isTrue();
      } else if (!doubtful.contains(number)) {
        assertThat(there).as("table extra%s, which was refused", number).isFalse();
      }
      if (there) {
        acknowledged.add(number);
      }
    }
    doubtful.clear();
  }

  private static boolean isThere(Session session, int number) {
    try {
      assertThat(SqlRows.longs(session, "SELECT id FROM extra" + number))
          .as("rows of extra%s", number)
          .containsExactly(new long[] {1});
      return true;
    } catch (DistDbException missing) {
      assertThat(missing.code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
      return false;
    }
  }
}
