// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read from index entries alone is protected, and seen, as rows are. */
class IndexReadTest {
  private static void withIndex(Conversation conversation) {
    conversation.ok(3, "CREATE INDEX by_value ON test (value)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO test VALUES (3, 10)",
        "UPDATE test SET value = 10 WHERE id = 2",
        "UPDATE test SET value = 11 WHERE id = 1",
        "DELETE FROM test WHERE id = 1"
      })
  void serializableEntriesReadAreNotChangedByOthers(String change) {
    Conversation.play(
        "SERIALIZABLE",
        t -> {
          withIndex(t);
          assertThat(t.rows(1, "SELECT id FROM test WHERE value = 10")).isEqualTo("1");
          t.waits(2, change);
          assertThat(t.rows(1, "SELECT id FROM test WHERE value = 10")).isEqualTo("1");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "min"})
  void serializableEndsOfAnIndexStay(String end) {
    Conversation.play(
        "SERIALIZABLE",
        t -> {
          withIndex(t);
          String value = end.equals("max") ? "20" : "10";
          assertThat(t.rows(1, "SELECT " + end + "(value) FROM test")).isEqualTo(value);
          t.waits(2, "INSERT INTO test VALUES (3, " + (end.equals("max") ? "99" : "1") + ")");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ"})
  void entriesAreOfTheSnapshot(String level) {
    Conversation.play(
        level,
        t -> {
          withIndex(t);
          String read = "SELECT id FROM test WHERE value = 10";
          assertThat(t.rows(1, read)).isEqualTo("1");
          t.ok(2, "UPDATE test SET value = 11 WHERE id = 1");
          t.ok(2, "INSERT INTO test VALUES (3, 10)");
          assertThat(t.rows(2, read)).isEqualTo("3");
          assertThat(t.rows(1, read)).isEqualTo("1");
          t.ok(2, "COMMIT");
          assertThat(t.rows(1, read)).isEqualTo(level.equals("READ COMMITTED") ? "3" : "1");
          assertThat(t.rows(3, read)).isEqualTo("3");
        });
  }

  /** The row is found by its old entry, and is changed as it is when the lock is there. */
  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED"})
  void rowFoundByAnEntryIsCheckedAgainAfterTheWait(String level) {
    Conversation.play(
        level,
        t -> {
          withIndex(t);
          t.ok(1, "UPDATE test SET value = 11 WHERE id = 1");
          t.waits(2, "DELETE FROM test WHERE value = 10");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
          assertThat(t.rows(3, "SELECT id FROM test WHERE value = 11")).isEqualTo("1");
        });
  }
}
