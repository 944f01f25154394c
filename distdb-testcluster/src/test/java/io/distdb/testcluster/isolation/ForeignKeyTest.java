// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Foreign keys between concurrent transactions, on the simulated scheduler: whoever comes second
 * waits for the first and sees what it did.
 */
class ForeignKeyTest {
  private static final String READ_COMMITTED = "READ COMMITTED";
  private static final String REPEATABLE_READ = "REPEATABLE READ";
  private static final String SERIALIZABLE = "SERIALIZABLE";
  private static final String CHILD =
      "CREATE TABLE child (id INTEGER PRIMARY KEY, ref INTEGER REFERENCES test";

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE})
  void insertWaitsForTheDeletionOfItsParent(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(3, CHILD + ")");
          t.ok(1, "DELETE FROM test WHERE id = 1");
          t.waits(2, "INSERT INTO child VALUES (1, 1)");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isIn("23503", "40001");
          t.ok(2, "ROLLBACK");
          assertThat(t.rows(3, "SELECT count(*) FROM child")).isEqualTo("0");
        });
  }

  @Test
  void insertGoesOnWhenTheDeletionIsRolledBack() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, CHILD + ")");
          t.ok(1, "DELETE FROM test WHERE id = 1");
          t.waits(2, "INSERT INTO child VALUES (1, 1)");
          t.ok(1, "ROLLBACK");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id, ref FROM child")).isEqualTo("1 1");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE})
  void deletionWaitsForAnInsertThatRefersToIt(String level) {
    Conversation.play(
        level,
        t -> {
          t.ok(3, CHILD + ")");
          t.ok(1, "INSERT INTO child VALUES (1, 1)");
          t.waits(2, "DELETE FROM test WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isIn("23503", "40001");
          t.ok(2, "ROLLBACK");
          assertThat(t.rows(3, "SELECT id FROM test ORDER BY id")).isEqualTo("1|2");
        });
  }

  @Test
  void cascadeDeletesWhatWasCommittedWhileItWaited() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, CHILD + " ON DELETE CASCADE)");
          t.ok(1, "INSERT INTO child VALUES (1, 1), (2, 2)");
          t.waits(2, "DELETE FROM test WHERE id = 1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id FROM child")).isEqualTo("2");
        });
  }

  @Test
  void oldSnapshotDoesNotMissAReference() {
    Conversation.play(
        REPEATABLE_READ,
        t -> {
          t.ok(3, CHILD + ")");
          assertThat(t.rows(2, "SELECT count(*) FROM child")).isEqualTo("0");
          t.ok(1, "INSERT INTO child VALUES (1, 1)");
          t.ok(1, "COMMIT");
          assertThat(t.run(2, "DELETE FROM test WHERE id = 1").sqlState()).isEqualTo("40001");
          t.ok(2, "ROLLBACK");
          assertThat(t.rows(3, "SELECT id FROM test ORDER BY id")).isEqualTo("1|2");
        });
  }

  @Test
  void referencesToDifferentKeysDoNotMeet() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, CHILD + ")");
          t.ok(1, "INSERT INTO child VALUES (1, 1)");
          t.ok(2, "INSERT INTO child VALUES (2, 1), (3, 2)");
          t.ok(1, "COMMIT");
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT count(*) FROM child")).isEqualTo("3");
        });
  }

  @Test
  void newForeignKeyWaitsForWritersAndSeesTheirRows() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "CREATE TABLE child (id INTEGER PRIMARY KEY, ref INTEGER)");
          t.ok(1, "INSERT INTO child VALUES (1, 9)");
          t.waits(3, "ALTER TABLE child ADD FOREIGN KEY (ref) REFERENCES test");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(3).sqlState()).isEqualTo("23503");
        });
  }
}
