// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Advisory locks of several sessions, each on a thread of its own while it waits. */
class AdvisoryLocksTest {
  private static final String LOCK = "SELECT pg_advisory_lock";
  private static final String CANCELED = "57014 canceling statement due to ";

  private final Scheduler scheduler = Scheduler.threads();
  private Database database;
  private LocalSession first;
  private LocalSession second;
  private LocalSession third;

  @BeforeEach
  void open() {
    database =
        Database.open(
            new FakeTransactionManager(), scheduler, Clock.system(), DatabaseOptions.DEFAULT);
    first = (LocalSession) database.newSession();
    second = (LocalSession) database.newSession();
    third = (LocalSession) database.newSession();
  }

  @AfterEach
  void sessionsLeaveNothing() {
    first.close();
    second.close();
    third.close();
    assertThat(database.advisory().held()).isZero();
  }

  /** The first value of the last row, or the error. */
  private static String ask(Session session, String sql) {
    try {
      String last = "none";
      if (session.execute(sql) instanceof StatementResult.Rows found) {
        try (ResultRows rows = found.rows()) {
          while (rows.next()) {
            last = rows.text(0);
          }
        }
      }
      return last;
    } catch (DistDbException failure) {
      return failure.sqlState() + " " + failure.getMessage();
    }
  }

  private void until(BooleanSupplier condition) {
    Waiter pause = scheduler.newWaiter();
    while (!condition.getAsBoolean()) {
      pause.await(100_000);
    }
  }

  /** What a statement ends with that has to wait, and does now. */
  private CompletableFuture<String> waits(LocalSession session, String sql) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    scheduler.start("asked", () -> outcome.complete(ask(session, sql)));
    until(() -> outcome.isDone() || database.advisory().isWaiting(session.processId()));
    assertThat(outcome).as(sql).isNotDone();
    return outcome;
  }

  private String tryLock(LocalSession session, int key) {
    return ask(session, "SELECT pg_try_advisory_lock(" + key + ")");
  }

  // --- who waits for whom ---

  @Test
  void lockOfASessionKeepsOthersWaitingUntilItWasGivenBackAsOftenAsTaken() {
    ask(first, LOCK + "(1)");
    ask(first, LOCK + "(1)");
    CompletableFuture<String> other = waits(second, LOCK + "(1)");
    assertThat(ask(first, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
    assertThat(other).isNotDone();
    assertThat(ask(first, "SELECT pg_advisory_unlock(1)")).isEqualTo("t");
    assertThat(other.join()).isEmpty();
    assertThat(ask(first, "SELECT pg_advisory_unlock(1)")).isEqualTo("f");
    assertThat(first.takeNotices())
        .containsExactly(Notice.warning("01000", "you don't own a lock of type ExclusiveLock"));
  }

  @Test
  void whoComesFirstIsServedFirst() {
    ask(first, LOCK + "(1)");
    CompletableFuture<String> exclusive = waits(second, LOCK + "(1)");
    CompletableFuture<String> shared = waits(third, LOCK + "_shared(1)");
    ask(first, "SELECT pg_advisory_unlock(1)");
    assertThat(exclusive.join()).isEmpty();
    assertThat(shared).isNotDone();
    ask(second, "SELECT pg_advisory_unlock(1)");
    assertThat(shared.join()).isEmpty();
  }

  @Test
  void whoAsksForASharedLockWaitsBehindWhoWaitsForAnExclusiveOne() {
    ask(first, LOCK + "_shared(1)");
    CompletableFuture<String> exclusive = waits(second, LOCK + "(1)");
    assertThat(ask(third, "SELECT pg_try_advisory_lock_shared(1)")).isEqualTo("f");
    assertThat(ask(first, "SELECT pg_try_advisory_lock_shared(1)")).isEqualTo("t");
    assertThat(tryLock(first, 1)).as("nobody else holds it").isEqualTo("t");
    CompletableFuture<String> shared = waits(third, LOCK + "_shared(1)");
    ask(first, "SELECT pg_advisory_unlock_all()");
    assertThat(exclusive.join()).isEmpty();
    ask(second, "SELECT pg_advisory_unlock_all()");
    assertThat(shared.join()).isEmpty();
  }

  @Test
  void keysOfOneAndOfTwoNumbersAreDifferent() {
    ask(first, LOCK + "(1)");
    assertThat(ask(second, "SELECT pg_try_advisory_lock(0, 1)")).isEqualTo("t");
    assertThat(ask(first, "SELECT pg_try_advisory_lock(0, 1)")).isEqualTo("f");
    assertThat(ask(first, "SELECT pg_try_advisory_lock(1, 0)")).isEqualTo("t");
    assertThat(ask(second, "SELECT pg_try_advisory_lock(4294967296)")).isEqualTo("t");
  }

  @Test
  void otherDatabasesHaveLocksOfTheirOwn() {
    ask(first, LOCK + "(1)");
    ask(first, "CREATE DATABASE another");
    try (Session elsewhere = database.databases().trusted("another", "postgres")) {
      assertThat(ask(elsewhere, "SELECT pg_try_advisory_lock(1)")).isEqualTo("t");
    }
  }

  // --- ends ---

  @Test
  void lockOfATransactionEndsWithItAndThatOfASessionDoesNot() {
    ask(first, "BEGIN");
    ask(first, "SELECT pg_advisory_xact_lock(1), pg_advisory_lock(2)");
    assertThat(ask(first, "SELECT pg_advisory_unlock(1)")).isEqualTo("f");
    CompletableFuture<String> other = waits(second, "SELECT pg_advisory_xact_lock(1)");
    ask(first, "ROLLBACK");
    assertThat(other.join()).isEmpty();
    assertThat(tryLock(first, 1)).as("a statement alone is a transaction").isEqualTo("t");
    assertThat(tryLock(second, 2)).isEqualTo("f");
    ask(first, "BEGIN");
    ask(first, "SELECT pg_advisory_xact_lock(3)");
    assertThat(tryLock(second, 3)).isEqualTo("f");
    ask(first, "COMMIT");
    assertThat(tryLock(second, 3)).isEqualTo("t");
  }

  @Test
  void errorGivesBackWhatTheTransactionLockedSinceItsSavepoint() {
    ask(first, "BEGIN");
    ask(first, "SELECT pg_advisory_xact_lock(1)");
    ask(first, "SAVEPOINT s");
    ask(first, "SELECT pg_advisory_xact_lock(1), pg_advisory_xact_lock(2)");
    assertThat(ask(first, "SELECT 1 / 0")).startsWith("22012");
    assertThat(tryLock(second, 1)).isEqualTo("f");
    assertThat(tryLock(second, 2)).isEqualTo("t");
    ask(first, "ROLLBACK TO s");
    assertThat(tryLock(second, 1)).isEqualTo("f");
    ask(first, "RELEASE s");
    assertThat(ask(first, "SELECT 1 / 0")).startsWith("22012");
    assertThat(tryLock(second, 1)).isEqualTo("t");
    ask(first, "ROLLBACK");
  }

  @Test
  void closedResetAndEndedSessionsLetGo() {
    ask(first, LOCK + "(1)");
    CompletableFuture<String> other = waits(second, LOCK + "(1)");
    first.close();
    assertThat(other.join()).isEmpty();
    assertThat(tryLock(third, 1)).isEqualTo("f");
    ask(second, "DISCARD ALL");
    assertThat(tryLock(third, 1)).isEqualTo("t");
    third.beginIdle();
    ask(second, "SELECT pg_terminate_backend(" + third.processId() + ")");
    assertThat(tryLock(second, 1)).isEqualTo("t");
  }

  // --- waits that end otherwise ---

  @Test
  void timeoutsEndAWait() {
    ask(first, LOCK + "(1)");
    ask(second, "SET lock_timeout = 5");
    assertThat(ask(second, LOCK + "(1)"))
        .isEqualTo("55P03 canceling statement due to lock timeout");
    ask(second, "SET lock_timeout = 0");
    ask(second, "SET statement_timeout = 5");
    assertThat(ask(second, LOCK + "(1)")).isEqualTo(CANCELED + "statement timeout");
    ask(first, "SELECT pg_advisory_unlock(1)");
    assertThat(tryLock(third, 1)).as("nobody is in the queue").isEqualTo("t");
  }

  @Test
  void whoGivesUpLetsThoseBehindHimGoOn() {
    ask(first, LOCK + "_shared(1)");
    CompletableFuture<String> exclusive = waits(second, LOCK + "(1)");
    CompletableFuture<String> shared = waits(third, LOCK + "_shared(1)");
    ask(first, "SELECT pg_cancel_backend(" + second.processId() + ")");
    assertThat(exclusive.join()).isEqualTo(CANCELED + "user request");
    assertThat(shared.join()).isEmpty();
  }

  @Test
  void sessionThatWaitsCanBeEnded() {
    ask(first, LOCK + "(1)");
    CompletableFuture<String> ended = waits(second, LOCK + "(1)");
    assertThat(
            ask(
                first,
                "SELECT wait_event_type || ' ' || wait_event FROM pg_stat_activity WHERE pid = "
                    + second.processId()))
        .isEqualTo("Lock advisory");
    ask(first, "SELECT pg_terminate_backend(" + second.processId() + ")");
    assertThat(ended.join()).startsWith("57P01");
  }

  @Test
  void databaseThatClosesEndsWaits() {
    ask(first, LOCK + "(1)");
    CompletableFuture<String> ended = waits(second, LOCK + "(1)");
    database.close();
    assertThat(ended.join()).startsWith("57P01");
  }

  // --- deadlocks ---

  @Test
  void whoClosesACircleOfThreeIsRefusedAndKeepsWhatHeHas() {
    ask(first, LOCK + "(1)");
    ask(second, LOCK + "(2)");
    ask(third, LOCK + "(3)");
    CompletableFuture<String> one = waits(first, LOCK + "(2)");
    CompletableFuture<String> two = waits(second, LOCK + "(3)");
    assertThat(ask(third, LOCK + "(1)")).isEqualTo("40P01 deadlock detected");
    assertThat(one).isNotDone();
    assertThat(two).isNotDone();
    ask(third, "SELECT pg_advisory_unlock(3)");
    assertThat(two.join()).isEmpty();
    ask(second, "SELECT pg_advisory_unlock_all()");
    assertThat(one.join()).isEmpty();
  }

  @Test
  void deadlockNamesItsProcesses() {
    ask(first, LOCK + "(1, 2)");
    ask(second, LOCK + "_shared(4294967298)");
    CompletableFuture<String> one = waits(first, LOCK + "(4294967298)");
    DistDbException refused =
        catchThrowableOfType(
            DistDbException.class,
            () -> {
              try (ResultRows rows =
                  ((StatementResult.Rows) second.execute(LOCK + "_shared(1, 2)")).rows()) {
                rows.next();
              }
            });
    assertThat(refused.detail().orElseThrow())
        .isEqualTo(
            "Process %d waits for ShareLock on advisory lock [1,2,2]; blocked by process %d.\n"
                    .formatted(second.processId(), first.processId())
                + "Process %d waits for ExclusiveLock on advisory lock [1,2,1]; blocked by process %d."
                    .formatted(first.processId(), second.processId()));
    second.close();
    assertThat(one.join()).isEmpty();
  }

  @Test
  void twoWhoShareALockCannotBothMakeItExclusive() {
    ask(first, LOCK + "_shared(1)");
    ask(second, LOCK + "_shared(1)");
    CompletableFuture<String> one = waits(first, LOCK + "(1)");
    assertThat(ask(second, LOCK + "(1)")).startsWith("40P01");
    ask(second, "SELECT pg_advisory_unlock_shared(1)");
    assertThat(one.join()).isEmpty();
  }

  // --- how much ---

  @Test
  void locksAreTakenOnceForEachRow() {
    ask(first, LOCK + "(g % 3) FROM generate_series(1, 10) g");
    assertThat(database.advisory().held()).isEqualTo(3);
    assertThat(ask(first, "SELECT pg_advisory_unlock(1) FROM generate_series(1, 4)"))
        .isEqualTo("t");
    assertThat(ask(first, "SELECT pg_advisory_unlock(1)")).isEqualTo("f");
  }

  @Test
  void memoryForLocksIsBounded() {
    String many = "SELECT pg_advisory_xact_lock(g) FROM generate_series(1, %d) g";
    assertThat(ask(first, many.formatted(AdvisoryLocks.HELD_MAX + 1)))
        .isEqualTo("53200 out of shared memory");
    assertThat(database.advisory().held()).isZero();
    assertThat(ask(first, many.formatted(AdvisoryLocks.HELD_MAX))).isEmpty();
  }
}
