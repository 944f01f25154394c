// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are cancelled and ended by others. */
class TerminationTest {
  private final Scheduler scheduler = Scheduler.threads();
  private Database database;
  private ServerSession session;
  private LocalSession victim;

  @BeforeEach
  void open() {
    database =
        Database.open(
            new FakeTransactionManager(), scheduler, Clock.system(), DatabaseOptions.DEFAULT);
    session = database.newSession();
    victim = (LocalSession) database.newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
  }

  private static String first(Session asked, String sql) {
    try (ResultRows rows = ((StatementResult.Rows) asked.execute(sql)).rows()) {
      return rows.next() ? rows.text(0) : "none";
    }
  }

  /** What the victim's statement ends with, once it runs. */
  private CompletableFuture<String> start(String sql) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    scheduler.start(
        "victim",
        () -> {
          try {
            outcome.complete(first(victim, sql));
          } catch (DistDbException failure) {
            outcome.complete(failure.sqlState() + " " + failure.getMessage());
          }
        });
    Waiter pause = scheduler.newWaiter();
    while (!victim.runner().current().isActive() && !outcome.isDone()) {
      pause.await(100_000);
    }
    return outcome;
  }

  private String call(String function) {
    return first(session, "SELECT " + function + "(" + victim.processId() + ")");
  }

  @Test
  void sleepEndsByItselfOrByCancel() {
    assertThat(first(session, "SELECT pg_sleep(0.001)")).isEmpty();
    assertThat(first(session, "SELECT pg_sleep_for('1 ms')")).isEmpty();
    assertThat(first(session, "SELECT pg_sleep_until(now() - interval '1 year')")).isEmpty();
    assertThat(first(session, "SELECT pg_sleep_until('-infinity')")).isEmpty();
    assertThat(first(session, "SELECT pg_sleep('-infinity'), pg_sleep('NaN')")).isEmpty();
    CompletableFuture<String> outcome = start("SELECT 1 WHERE pg_sleep(1e9) = 'x'");
    assertThat(call("pg_cancel_backend")).isEqualTo("t");
    assertThat(outcome.join()).isEqualTo("57014 canceling statement due to user request");
    assertThat(first(victim, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void statementTimeoutWakesASleeper() {
    session.execute("SET statement_timeout = 1");
    assertThat(
            catchThrowableOfType(
                    DistDbException.class, () -> first(session, "SELECT pg_sleep('infinity')"))
                .getMessage())
        .isEqualTo("canceling statement due to statement timeout");
  }

  @Test
  void numberOfNoSessionIsAWarning() {
    assertThat(first(session, "SELECT pg_cancel_backend(0)")).isEqualTo("f");
    assertThat(session.takeNotices())
        .containsExactly(Notice.warning("01000", "PID 0 is not a PostgreSQL backend process"));
    assertThat(session.takeNotices()).isEmpty();
    assertThat(first(session, "SELECT pg_terminate_backend(0, 5)")).isEqualTo("f");
  }

  @Test
  void sessionsHaveNumbersOfTheirOwn() {
    assertThat(first(victim, "SELECT pg_backend_pid()")).isEqualTo("" + victim.processId());
    assertThat(victim.processId()).isNotEqualTo(session.processId());
  }

  @Test
  void sessionThatRunsIsEndedByItsStatement() {
    List<DistDbException> told = new ArrayList<>();
    victim.onTermination(told::add);
    CompletableFuture<String> outcome = start("SELECT pg_sleep(1e9)");
    assertThat(call("pg_terminate_backend")).isEqualTo("t");
    assertThat(outcome.join())
        .isEqualTo("57P01 terminating connection due to administrator command");
    assertThat(told).hasSize(1);
    assertThat(
            catchThrowableOfType(DistDbException.class, () -> victim.execute("SELECT 1"))
                .sqlState())
        .isEqualTo("57P01");
    assertThat(catchThrowableOfType(DistDbException.class, victim::beginIdle)).isNotNull();
    victim.close();
    assertThat(call("pg_terminate_backend")).isEqualTo("f");
  }

  @Test
  void sessionThatIsIdleLetsGoAtOnce() {
    victim.execute("BEGIN");
    victim.execute("INSERT INTO t VALUES (1)");
    List<TransactionStatus> told = new ArrayList<>();
    victim.onTermination(ended -> told.add(victim.transactionStatus()));
    victim.beginIdle();
    assertThat(call("pg_terminate_backend")).isEqualTo("t");
    assertThat(told).as("it had no block any more").containsExactly(TransactionStatus.IDLE);
    assertThat(catchThrowableOfType(DistDbException.class, victim::endIdle).sqlState())
        .isEqualTo("57P01");
    session.execute("INSERT INTO t VALUES (1)");
  }

  @Test
  void idleSessionThatGoesOnIsNotEnded() {
    victim.beginIdle();
    victim.endIdle();
    victim.endIdle();
    assertThat(first(victim, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void temporaryTablesOfAnEndedSessionGo() {
    victim.execute("CREATE TEMPORARY TABLE mine (id integer)");
    victim.beginIdle();
    call("pg_terminate_backend");
    victim.close();
    assertThat(database.definitions().tables()).hasSize(1);
  }

  @Test
  void terminationCanBeWaitedFor() {
    victim.onTermination(ended -> scheduler.start("closer", victim::close));
    victim.beginIdle();
    assertThat(
            first(session, "SELECT pg_terminate_backend(" + victim.processId() + ", 1000000000)"))
        .isEqualTo("t");
    ServerSession another = database.newSession();
    another.beginIdle();
    assertThat(first(session, "SELECT pg_terminate_backend(" + another.processId() + ", 1)"))
        .isEqualTo("f");
    assertThat(session.takeNotices().getFirst().message())
        .endsWith("did not terminate within 1 milliseconds");
  }
}
