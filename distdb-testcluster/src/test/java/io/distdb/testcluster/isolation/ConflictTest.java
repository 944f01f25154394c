// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.testcluster.TestStorage;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INSERT … ON CONFLICT, UPDATE … FROM and DELETE … USING beside other transactions, on the
 * simulated scheduler. What is expected is what PostgreSQL's chapters on INSERT and on Read
 * Committed say.
 */
class ConflictTest {
  private static final String READ_COMMITTED = "READ COMMITTED";
  private static final String REPEATABLE_READ = "REPEATABLE READ";
  private static final String SERIALIZABLE = "SERIALIZABLE";

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE})
  void doUpdateWaitsForTheOtherInsertAndCountsOnIt(String level) {
    Conversation.play(
        level,
        t -> {
          String upsert =
              "INSERT INTO test VALUES (3, 1) ON CONFLICT (id) DO UPDATE SET value ="
                  + " test.value + excluded.value RETURNING value";
          assertThat(t.rows(1, upsert)).isEqualTo("1");
          t.waits(2, upsert);
          t.ok(1, "COMMIT");
          // nothing was read before the lock: the row is not newer than the snapshot
          assertThat(t.outcome(2).rows()).isEqualTo("2");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT value FROM test WHERE id = 3")).isEqualTo("2");
        });
  }

  @Test
  void doUpdateInsertsWhenTheOtherInsertIsRolledBack() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "INSERT INTO test VALUES (3, 7)");
          t.waits(
              2,
              "INSERT INTO test VALUES (3, 1) ON CONFLICT (id) DO UPDATE SET value = 100 RETURNING"
                  + " value");
          t.ok(1, "ROLLBACK");
          assertThat(t.outcome(2).rows()).isEqualTo("1");
        });
  }

  @Test
  void doUpdateChangesTheNewestRowUnderReadCommitted() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(1, "UPDATE test SET value = 50 WHERE id = 1");
          t.waits(
              2,
              "INSERT INTO test VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET value = test.value +"
                  + " 1 WHERE test.value = 50 RETURNING value");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).rows()).isEqualTo("51");
        });
  }

  @Test
  void doUpdateOfARowNewerThanTheSnapshotFailsUnderRepeatableRead() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(2, "SELECT count(*) FROM test")).isEqualTo("2");
          t.ok(3, "INSERT INTO test VALUES (3, 1)");
          assertThat(
                  t.run(
                          2,
                          "INSERT INTO test VALUES (3, 1) ON CONFLICT (id) DO UPDATE SET value = 2")
                      .sqlState())
              .isEqualTo("40001");
        });
  }

  @Test
  void doNothingSkipsARowThatTheSnapshotDoesNotSeeUnderReadCommittedOnly() {
    String skip = "INSERT INTO test VALUES (3, 1) ON CONFLICT DO NOTHING RETURNING id";
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "INSERT INTO test VALUES (3, 7)");
          t.waits(2, skip);
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).rows()).isEmpty();
          assertThat(t.outcome(2).sqlState()).isEmpty();
        });
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(2, "SELECT count(*) FROM test")).isEqualTo("2");
          t.ok(3, "INSERT INTO test VALUES (3, 1)");
          assertThat(t.run(2, skip).sqlState()).isEqualTo("40001");
        });
  }

  @Test
  void doNothingDoesNotWaitForAChangeOfTheRowThatIsThere() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "UPDATE test SET value = 50 WHERE id = 1");
          assertThat(
                  t.rows(2, "INSERT INTO test VALUES (1, 1) ON CONFLICT DO NOTHING RETURNING id"))
              .isEmpty();
        });
  }

  @Test
  void secondUniqueKeyIsAnArbiterToo() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          uniqueValues(t);
          t.ok(1, "INSERT INTO test VALUES (3, 30)");
          t.waits(
              2,
              "INSERT INTO test VALUES (4, 30) ON CONFLICT (value) DO UPDATE SET id = excluded.id"
                  + " RETURNING id, value");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).rows()).isEqualTo("4 30");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id, value FROM test ORDER BY id"))
              .isEqualTo("1 10|2 20|4 30");
        });
  }

  @Test
  void anUpdateThatTakesTheUniqueKeyAwayIsWaitedForAndDoesNotDeadlock() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          uniqueValues(t);
          t.ok(1, "SELECT id FROM test WHERE id = 1 FOR UPDATE");
          t.waits(
              2,
              "INSERT INTO test VALUES (4, 10) ON CONFLICT (value) DO UPDATE SET id = 40"
                  + " RETURNING id, value");
          t.ok(1, "UPDATE test SET value = 12 WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          assertThat(t.outcome(2).rows()).isEqualTo("4 10");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id, value FROM test ORDER BY id"))
              .isEqualTo("1 12|2 20|4 10");
        });
  }

  @Test
  void anUpdateThatKeepsTheUniqueKeyIsWaitedForAndUpdatedAgain() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          uniqueValues(t);
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.waits(
              2,
              "INSERT INTO test VALUES (4, 10) ON CONFLICT (value) DO UPDATE SET id = 40"
                  + " RETURNING id, value");
          t.ok(1, "UPDATE test SET value = 10 WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          assertThat(t.outcome(2).rows()).isEqualTo("40 10");
          t.ok(2, "COMMIT");
        });
  }

  @Test
  void updateFromChecksTheJoinAgainWithTheNewestRow() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "CREATE TABLE other (value INTEGER, n INTEGER)");
          t.ok(3, "INSERT INTO other VALUES (10, 1), (11, 2), (20, 3)");
          t.ok(1, "UPDATE test SET value = value + 1");
          t.waits(
              2,
              "UPDATE test SET value = test.value + 100 * o.n FROM other o WHERE o.value ="
                  + " test.value");
          t.ok(1, "COMMIT");
          // both rows have left the partners that the snapshot gave them
          assertThat(t.outcome(2).sqlState()).isEmpty();
          assertThat(t.rows(2, "SELECT value FROM test ORDER BY id")).isEqualTo("11|21");
          t.ok(
              2,
              "UPDATE test SET value = test.value + 100 * o.n FROM other o WHERE o.value = test.value");
          assertThat(t.rows(2, "SELECT value FROM test ORDER BY id")).isEqualTo("211|21");
        });
  }

  @Test
  void updateFromGoesOnWhereTheJoinStillHolds() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "CREATE TABLE other (id INTEGER, n INTEGER)");
          t.ok(3, "INSERT INTO other VALUES (1, 1), (2, 3)");
          t.ok(1, "UPDATE test SET value = value + 1 WHERE id = 1");
          t.ok(1, "DELETE FROM test WHERE id = 2");
          t.waits(
              2,
              "UPDATE test SET value = test.value + 100 * o.n FROM other o WHERE o.id = test.id"
                  + " RETURNING test.id, value, n");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).rows()).isEqualTo("1 111 1");
        });
  }

  @Test
  void deleteUsingChecksTheJoinAgainWithTheNewestRow() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "CREATE TABLE other (value INTEGER)");
          t.ok(3, "INSERT INTO other VALUES (10), (20)");
          t.ok(1, "UPDATE test SET value = 99 WHERE id = 1");
          t.waits(2, "DELETE FROM test USING other WHERE other.value = test.value RETURNING id");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).rows()).isEqualTo("2");
        });
  }

  /** Red when an upsert loses another's, or fails with a duplicate key. */
  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void everyUpsertCountsInRandomSchedules(IsolationLevel level) {
    TestStorage.assumeOneNode();
    for (long seed = 1; seed <= 10; seed++) {
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        long run = seed;
        world.run(() -> {
          SimulatedNode node = world.node("n1");
          node.scheduler().start("counters", () -> count(node, level, run)).join();
        });
      }
    }
  }

  private static void count(SimulatedNode node, IsolationLevel level, long seed) {
    int writers = 4;
    int upserts = 15;
    TestStorage.with(
        node,
        client -> {
          client.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, k INTEGER, n INTEGER)");
          client.execute("CREATE UNIQUE INDEX counter_k ON counter (k)");
          AtomicLong ids = new AtomicLong();
          List<Scheduler.Task> tasks = new ArrayList<>();
          List<Throwable> failures = new ArrayList<>();
          for (int writer = 0; writer < writers; writer++) {
            SplittableRandom random = new SplittableRandom(seed * 31 + writer);
            Runnable work =
                () -> {
                  for (int i = 0; i < upserts; i++) {
                    int key = random.nextInt(4);
                    long id = ids.incrementAndGet();
                    client.transaction(level, tx -> upsert(tx, id, key));
                  }
                };
            tasks.add(
                node.scheduler()
                    .start(
                        "writer",
                        () -> {
                          try {
                            work.run();
                          } catch (RuntimeException | Error failure) {
                            failures.add(failure);
                          }
                        }));
          }
          tasks.forEach(Scheduler.Task::join);
          assertThat(failures).as("seed " + seed).isEmpty();
          List<Long> total =
              client.query("SELECT sum(n), count(*) FROM counter").toList(row -> row.getLong(0));
          assertThat(total).as("seed " + seed).containsExactly((long) writers * upserts);
        });
  }

  private static void upsert(io.distdb.client.Tx tx, long id, int key) {
    tx.execute(
        "INSERT INTO counter VALUES ($1, $2, 1) ON CONFLICT (k) DO UPDATE SET n = counter.n + 1",
        id,
        key);
  }

  /** The blocks that are open end; their next ones begin with a second unique key. */
  private static void uniqueValues(Conversation t) {
    t.ok(1, "ROLLBACK");
    t.ok(2, "ROLLBACK");
    t.ok(3, "CREATE UNIQUE INDEX test_value ON test (value)");
    t.ok(1, "BEGIN");
    t.ok(2, "BEGIN");
  }
}
