// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testcluster.isolation.Conversation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The anomalies of Hermitage (Kleppmann, github.com/ept/hermitage), through SQL, on the simulated
 * scheduler: a statement either answers or is seen to wait, without a single sleep.
 *
 * <p>Every script begins with the table test (id, value) holding (1, 10) and (2, 20).
 */
class IsolationTest {
  private static final String READ_COMMITTED = "READ COMMITTED";
  private static final String REPEATABLE_READ = "REPEATABLE READ";
  private static final String SERIALIZABLE = "SERIALIZABLE";

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE})
  void g0WriteCycles(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.waits(2, "UPDATE test SET value = 12 WHERE id = 1");
          t.ok(1, "UPDATE test SET value = 21 WHERE id = 2");
          t.ok(1, "COMMIT");
          // a REPEATABLE READ that has read nothing yet takes its snapshot after the wait
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "UPDATE test SET value = 22 WHERE id = 2");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id, value FROM test ORDER BY id")).isEqualTo("1 12|2 22");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ})
  void g1aAbortedReads(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(1, "UPDATE test SET value = 101 WHERE id = 1");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(1, "ROLLBACK");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ})
  void g1bIntermediateReads(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(1, "UPDATE test SET value = 101 WHERE id = 1");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1"))
              .isEqualTo(level.equals(READ_COMMITTED) ? "11" : "10");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ})
  void g1cCircularInformationFlow(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(2, "UPDATE test SET value = 22 WHERE id = 2");
          assertThat(t.rows(1, "SELECT value FROM test WHERE id = 2")).isEqualTo("20");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(1, "COMMIT");
          t.ok(2, "COMMIT");
        });
  }

  @Test
  void g1SerializableReadersWaitForWriters() {
    Conversation.play(
        SERIALIZABLE,
        t -> {
          t.ok(1, "UPDATE test SET value = 101 WHERE id = 1");
          t.waits(2, "SELECT value FROM test WHERE id = 1");
          t.ok(1, "ROLLBACK");
          assertThat(t.outcome(2).rows()).isEqualTo("10");
        });
  }

  @Test
  void otvObservedTransactionVanishes() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(1, "UPDATE test SET value = 19 WHERE id = 2");
          t.waits(2, "UPDATE test SET value = 12 WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          assertThat(t.rows(3, "SELECT value FROM test WHERE id = 1")).isEqualTo("11");
          t.ok(2, "UPDATE test SET value = 18 WHERE id = 2");
          assertThat(t.rows(3, "SELECT value FROM test WHERE id = 2")).isEqualTo("19");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT value FROM test ORDER BY id")).isEqualTo("12|18");
        });
  }

  @Test
  void pmpReadPredicateIsStable() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(1, "SELECT id FROM test WHERE value = 30")).isEmpty();
          t.ok(2, "INSERT INTO test VALUES (3, 30)");
          t.ok(2, "COMMIT");
          assertThat(t.rows(1, "SELECT id FROM test WHERE value % 3 = 0")).isEmpty();
        });
  }

  @Test
  void pmpWritePredicateMeetsTheFirstUpdater() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          t.ok(1, "UPDATE test SET value = value + 10");
          t.waits(2, "DELETE FROM test WHERE value = 20");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEqualTo("40001");
        });
  }

  @Test
  void readCommittedWriteRereadsTheNewestRow() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "UPDATE test SET value = value + 10");
          t.waits(2, "DELETE FROM test WHERE value = 20");
          t.ok(1, "COMMIT");
          // as PostgreSQL: (1, 20) was no candidate, (2, 30) no longer matches
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT value FROM test ORDER BY id")).isEqualTo("20|30");
        });
  }

  @Test
  void p4LostUpdate() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(1, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          assertThat(t.rows(2, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.waits(2, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEqualTo("40001");
        });
  }

  @Test
  void p4LostUpdateIsADeadlockUnderSerializable() {
    Conversation.play(
        SERIALIZABLE,
        t -> {
          t.rows(1, "SELECT value FROM test WHERE id = 1");
          t.rows(2, "SELECT value FROM test WHERE id = 1");
          t.waits(1, "UPDATE test SET value = 11 WHERE id = 1");
          Outcome second = t.run(2, "UPDATE test SET value = 12 WHERE id = 1");
          assertThat(second.sqlState()).isEqualTo("40P01");
          t.ok(2, "ROLLBACK");
          assertThat(t.outcome(1).sqlState()).isEmpty();
          t.ok(1, "COMMIT");
        });
  }

  @Test
  void gSingleReadSkew() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(1, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(2, "UPDATE test SET value = 12 WHERE id = 1");
          t.ok(2, "UPDATE test SET value = 18 WHERE id = 2");
          t.ok(2, "COMMIT");
          assertThat(t.rows(1, "SELECT value FROM test WHERE id = 2")).isEqualTo("20");
        });
  }

  @Test
  void gSingleThroughAWritePredicate() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          assertThat(t.rows(1, "SELECT value FROM test WHERE id = 1")).isEqualTo("10");
          t.ok(2, "UPDATE test SET value = 12 WHERE id = 1");
          t.ok(2, "UPDATE test SET value = 18 WHERE id = 2");
          t.ok(2, "COMMIT");
          assertThat(t.run(1, "DELETE FROM test WHERE value = 20").sqlState()).isEqualTo("40001");
        });
  }

  @Test
  void g2ItemWriteSkewIsAllowedBelowSerializable() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          t.rows(1, "SELECT value FROM test WHERE id IN (1, 2)");
          t.rows(2, "SELECT value FROM test WHERE id IN (1, 2)");
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(2, "UPDATE test SET value = 21 WHERE id = 2");
          t.ok(1, "COMMIT");
          t.ok(2, "COMMIT");
        });
  }

  @Test
  void g2ItemWriteSkewIsStopped() {
    Conversation.play(
        SERIALIZABLE,
        t -> {
          t.rows(1, "SELECT value FROM test WHERE id IN (1, 2)");
          t.rows(2, "SELECT value FROM test WHERE id IN (1, 2)");
          t.waits(1, "UPDATE test SET value = 11 WHERE id = 1");
          assertThat(t.run(2, "UPDATE test SET value = 21 WHERE id = 2").sqlState())
              .isEqualTo("40P01");
        });
  }

  @Test
  void g2AntiDependencyOnAPredicateIsStopped() {
    Conversation.play(
        SERIALIZABLE,
        t -> {
          assertThat(t.rows(1, "SELECT id FROM test WHERE value % 3 = 0")).isEmpty();
          assertThat(t.rows(2, "SELECT id FROM test WHERE value % 3 = 0")).isEmpty();
          t.waits(1, "INSERT INTO test VALUES (3, 30)");
          assertThat(t.run(2, "INSERT INTO test VALUES (4, 42)").sqlState()).isEqualTo("40P01");
          t.ok(2, "ROLLBACK");
          assertThat(t.outcome(1).sqlState()).isEmpty();
          t.ok(1, "COMMIT");
          assertThat(t.rows(3, "SELECT id FROM test WHERE value % 3 = 0")).isEqualTo("3");
        });
  }

  @Test
  void serializableReadOnlyTakesNoLocks() {
    Conversation.play(
        SERIALIZABLE,
        t -> {
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(3, "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY");
          assertThat(t.rows(3, "SELECT value FROM test ORDER BY id")).isEqualTo("10|20");
          t.ok(1, "COMMIT");
          assertThat(t.rows(3, "SELECT value FROM test ORDER BY id")).isEqualTo("10|20");
          assertThat(t.run(3, "UPDATE test SET value = 1").sqlState()).isEqualTo("25006");
        });
  }
}
