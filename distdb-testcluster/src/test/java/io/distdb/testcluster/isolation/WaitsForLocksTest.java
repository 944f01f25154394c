// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testcluster.TestStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What locks show of themselves, and circles of waits through locks of several kinds. */
class WaitsForLocksTest {
  /** A node knows what its own sessions hold and wait for. */
  @BeforeEach
  void ofOneNode() {
    TestStorage.assumeOneNode();
  }

  private static final String READ_COMMITTED = "READ COMMITTED";
  private static final String DEADLOCK = "40P01";
  private static final String TAKE_ROW = "UPDATE test SET value = value + 1 WHERE id = 1";
  private static final String TAKE_OTHER_ROW = "UPDATE test SET value = value + 1 WHERE id = 2";
  private static final String TAKE_KEY = "SELECT count(pg_advisory_lock(7))";

  private static String pid(Conversation talk, int session) {
    return talk.rows(session, "SELECT pg_backend_pid()");
  }

  private static String count(Conversation talk, String condition) {
    return talk.rows(3, "SELECT count(*) FROM pg_locks WHERE " + condition);
  }

  // --- what is shown ---

  @Test
  void lockOfARowIsShownWithWhoHoldsAndWhoWantsIt() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          String first = pid(t, 1);
          String second = pid(t, 2);
          t.ok(1, TAKE_ROW);
          String row = "relation = 'test'::regclass AND locktype = 'tuple'";
          assertThat(count(t, row + " AND granted AND pid = " + first)).isEqualTo("1");
          assertThat(count(t, "relation = 'test'::regclass AND mode = 'RowExclusiveLock'"))
              .as("the table's")
              .isEqualTo("1");
          t.waits(2, TAKE_ROW);
          assertThat(
                  t.rows(
                      3,
                      "SELECT w.pid, h.pid FROM pg_locks w JOIN pg_locks h USING (locktype,"
                          + " database, relation, page, tuple) WHERE NOT w.granted AND h.granted"
                          + " AND w.waitstart < clock_timestamp() AND h.waitstart IS NULL"
                          + " AND w.mode = 'ExclusiveLock' AND locktype = 'tuple'"))
              .isEqualTo(second + " " + first);
          assertThat(
                  t.rows(
                      3,
                      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                          + " wait_event = 'tuple'"))
              .isEqualTo(second);
          assertThat(t.rows(3, "SELECT unnest(pg_blocking_pids(" + second + "))")).isEqualTo(first);
          assertThat(t.rows(3, "SELECT cardinality(pg_blocking_pids(" + first + "))"))
              .isEqualTo("0");
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          assertThat(t.rows(3, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'tuple'"))
              .isEqualTo("0");
          t.ok(2, "COMMIT");
          assertThat(count(t, "true")).isEqualTo("0");
        });
  }

  @Test
  void lockOfATableIsShownAndReadersHaveNone() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          String second = pid(t, 2);
          t.ok(1, "LOCK TABLE test");
          t.ok(3, "SELECT value FROM test");
          assertThat(count(t, "relation = 'test'::regclass AND mode = 'AccessExclusiveLock'"))
              .isEqualTo("1");
          assertThat(count(t, "true")).isEqualTo("1");
          t.waits(2, TAKE_ROW);
          assertThat(
                  t.rows(
                      3,
                      "SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'relation' AND"
                          + " mode = 'RowExclusiveLock' AND relation = 'test'::regclass AND"
                          + " database = (SELECT oid FROM pg_database WHERE datname ="
                          + " current_database())"))
              .isEqualTo(second);
          assertThat(t.rows(3, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'relation'"))
              .isEqualTo(second);
        });
  }

  @Test
  void advisoryLockIsShownByTheHalvesOfItsKey() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          String first = pid(t, 1);
          String second = pid(t, 2);
          t.ok(
              1,
              "SELECT count(pg_advisory_lock(4294967303)), count(pg_advisory_lock_shared(2, -1))");
          String keys =
              "SELECT classid::bigint, objid::bigint, objsubid, pid FROM pg_locks WHERE locktype ="
                  + " 'advisory' AND granted ORDER BY objsubid";
          assertThat(t.rows(3, keys)).isEqualTo("1 7 1 " + first + "|2 4294967295 2 " + first);
          assertThat(count(t, "mode = 'ShareLock'")).isEqualTo("1");
          t.waits(2, "SELECT count(pg_advisory_xact_lock(4294967303))");
          assertThat(count(t, "NOT granted AND mode = 'ExclusiveLock' AND waitstart IS NOT NULL"))
              .isEqualTo("1");
          assertThat(t.rows(3, "SELECT unnest(pg_blocking_pids(" + second + "))")).isEqualTo(first);
        });
  }

  @Test
  void locksOfSerializableReadersAreShown() {
    Conversation.play(
        "SERIALIZABLE",
        t -> {
          t.rows(1, "SELECT count(*) FROM test");
          assertThat(count(t, "relation = 'test'::regclass AND mode = 'ShareLock' AND granted"))
              .isEqualTo("1");
        });
  }

  @Test
  void lockOfADefinitionIsShownInItsCatalog() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, "CREATE TABLE other (id integer)");
          assertThat(t.rows(3, "SELECT least(count(*), 1) FROM pg_locks WHERE relation < 16384"))
              .isEqualTo("1");
        });
  }

  @Test
  void locksThatNobodyWaitsForAreShownUpToALimit() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "INSERT INTO test SELECT i, i FROM generate_series(3, 15000) i");
          t.ok(1, "SELECT id FROM test FOR UPDATE");
          assertThat(count(t, "locktype = 'tuple'")).isEqualTo("10000");
          t.waits(2, "DELETE FROM test WHERE id = 14999");
          assertThat(
                  t.rows(
                      3,
                      "SELECT count(*) FROM pg_locks WHERE (page, tuple) IN (SELECT page, tuple"
                          + " FROM pg_locks WHERE NOT granted)"))
              .as("both the holder and who waits")
              .isEqualTo("2");
        });
  }

  // --- circles ---

  @Test
  void whoClosesACircleWithAnAdvisoryLockIsRefused() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, TAKE_ROW);
          t.ok(2, TAKE_KEY);
          t.waits(2, TAKE_ROW);
          assertThat(t.run(1, TAKE_KEY).sqlState()).isEqualTo(DEADLOCK);
          assertThat(t.rows(3, "SELECT sum(deadlocks)::bigint FROM pg_stat_database"))
              .isEqualTo("1");
          t.ok(1, "ROLLBACK");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
        });
  }

  @Test
  void whoClosesACircleWithARowIsRefused() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, TAKE_ROW);
          t.ok(2, TAKE_KEY);
          t.waits(1, TAKE_KEY);
          assertThat(t.run(2, TAKE_ROW).sqlState()).isEqualTo(DEADLOCK);
          t.ok(2, "ROLLBACK");
          t.ok(2, "SELECT count(pg_advisory_unlock_all())");
          assertThat(t.outcome(1).sqlState()).isEmpty();
          t.ok(1, "COMMIT");
          assertThat(t.rows(3, "SELECT value FROM test WHERE id = 1")).isEqualTo("11");
        });
  }

  @Test
  void aStatementAloneWhichClosesACircleIsNotTriedAgain() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(1, TAKE_ROW);
          t.ok(3, TAKE_KEY);
          t.waits(1, TAKE_KEY);
          assertThat(t.run(3, TAKE_ROW).sqlState()).isEqualTo(DEADLOCK);
          t.ok(3, "SELECT count(pg_advisory_unlock(7))");
          assertThat(t.outcome(1).sqlState()).isEmpty();
        });
  }

  @Test
  void circleOfThreeThroughTwoRowsAndAnAdvisoryLockIsFound() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, "BEGIN");
          t.ok(1, TAKE_ROW);
          t.ok(2, TAKE_OTHER_ROW);
          t.ok(3, TAKE_KEY);
          t.waits(1, TAKE_OTHER_ROW);
          t.waits(2, TAKE_KEY);
          assertThat(t.run(3, TAKE_ROW).sqlState()).isEqualTo(DEADLOCK);
          t.ok(3, "ROLLBACK");
          t.ok(3, "SELECT count(pg_advisory_unlock_all())");
          assertThat(t.outcome(2).sqlState()).isEmpty();
          t.ok(2, "COMMIT");
          assertThat(t.outcome(1).sqlState()).isEmpty();
        });
  }

  @Test
  void aLongWaitWithoutACircleIsLeftAlone() {
    Conversation.play(
        READ_COMMITTED,
        t -> {
          t.ok(3, TAKE_KEY);
          t.ok(1, TAKE_ROW);
          t.waits(2, TAKE_ROW);
          t.waits(1, TAKE_KEY);
          t.ok(3, "SELECT count(pg_advisory_unlock(7))");
          assertThat(t.outcome(1).sqlState()).isEmpty();
          t.ok(1, "COMMIT");
          assertThat(t.outcome(2).sqlState()).isEmpty();
        });
  }
}
