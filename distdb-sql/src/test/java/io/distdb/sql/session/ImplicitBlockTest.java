// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several statements of one message, as PostgreSQL 15 answered them through psql and pgbench. */
class ImplicitBlockTest {
  private ServerSession session;
  private Session other;

  @BeforeEach
  void open() {
    Database database =
        Database.open(
            new FakeTransactionManager(),
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT);
    session = database.newSession();
    other = database.newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
  }

  /** The statements of one message: the completion tags, with the notices' SQLSTATEs. */
  private String message(String... statements) {
    StringBuilder answers = new StringBuilder();
    try {
      for (String sql : statements) {
        session.beginImplicit();
        answers.append(answers.isEmpty() ? "" : "; ").append(answer(session.execute(sql)));
      }
      return answers.toString();
    } finally {
      session.endImplicit();
    }
  }

  private String pipeline(String... statements) {
    StringBuilder answers = new StringBuilder();
    try {
      for (String sql : statements) {
        try (Prepared prepared = session.prepare(sql)) {
          session.beginPipeline();
          answers.append(answers.isEmpty() ? "" : "; ").append(answer(prepared.execute()));
        }
      }
      return answers.toString();
    } finally {
      session.endImplicit();
    }
  }

  private static String answer(StatementResult result) {
    return switch (result) {
      case StatementResult.Command command ->
          command.completion() + command.notice().map(notice -> " " + notice.sqlState()).orElse("");
      case StatementResult.Rows rows -> {
        StringBuilder text = new StringBuilder();
        long count = 0;
        try (ResultRows found = rows.rows()) {
          while (found.next()) {
            text.append(found.text(0)).append(' ');
            count++;
          }
        }
        yield text + rows.completion(count);
      }
    };
  }

  private DistDbException refusal(Runnable what) {
    return catchThrowableOfType(DistDbException.class, what::run);
  }

  private String count(Session asked) {
    return answer(asked.execute("SELECT count(*) FROM t"));
  }

  @Test
  void statementsOfOneMessageAreOneTransaction() {
    session.beginImplicit();
    session.execute("INSERT INTO t VALUES (1)");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
    assertThat(count(session)).isEqualTo("1 SELECT 1");
    assertThat(count(other)).isEqualTo("0 SELECT 1");
    session.endImplicit();
    assertThat(count(other)).isEqualTo("1 SELECT 1");
  }

  @Test
  void errorUndoesWhatCameBeforeIt() {
    DistDbException failure =
        refusal(() -> message("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"));
    assertThat(failure.sqlState()).isEqualTo("23505");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
    assertThat(count(session)).isEqualTo("0 SELECT 1");
  }

  @Test
  void nothingRunsAfterAnErrorUntilTheEnd() {
    session.beginImplicit();
    refusal(() -> answer(session.execute("SELECT 1/0")));
    assertThat(refusal(() -> session.execute("SELECT 1")).sqlState()).isEqualTo("25P02");
    assertThat(refusal(() -> session.prepare("SELECT 1")).sqlState()).isEqualTo("25P02");
    session.endImplicit();
    assertThat(answer(session.execute("SELECT 1"))).isEqualTo("1 SELECT 1");
  }

  @Test
  void beginTakesOverWhatWasDone() {
    assertThat(message("INSERT INTO t VALUES (1)", "BEGIN", "INSERT INTO t VALUES (2)"))
        .isEqualTo("INSERT 0 1; BEGIN; INSERT 0 1");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IN_TRANSACTION);
    session.execute("ROLLBACK");
    assertThat(count(session)).isEqualTo("0 SELECT 1");
  }

  @Test
  void beginCannotChangeTheIsolationOfWhatHasRun() {
    assertThat(refusal(() -> message("SELECT 1", "BEGIN ISOLATION LEVEL SERIALIZABLE")).sqlState())
        .isEqualTo("25001");
    assertThat(
            message("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SHOW transaction_isolation"))
        .isEqualTo("SET; serializable SHOW");
  }

  @Test
  void commitEndsItWithAWarning() {
    assertThat(message("INSERT INTO t VALUES (1)", "COMMIT", "SELECT 2"))
        .isEqualTo("INSERT 0 1; COMMIT 25P01; 2 SELECT 1");
    assertThat(message("INSERT INTO t VALUES (2)", "ROLLBACK", "SELECT count(*) FROM t"))
        .isEqualTo("INSERT 0 1; ROLLBACK 25P01; 1 SELECT 1");
    assertThat(refusal(() -> message("SELECT 1", "COMMIT AND CHAIN")).getMessage())
        .isEqualTo("COMMIT AND CHAIN can only be used in transaction blocks");
  }

  @Test
  void savepointsNeedBegin() {
    DistDbException failure = refusal(() -> message("SELECT 1", "SAVEPOINT a"));
    assertThat(failure.sqlState()).isEqualTo("25P01");
    assertThat(failure.getMessage()).isEqualTo("SAVEPOINT can only be used in transaction blocks");
    assertThat(message("BEGIN", "SAVEPOINT a", "ROLLBACK TO a", "COMMIT"))
        .isEqualTo("BEGIN; SAVEPOINT; ROLLBACK; COMMIT");
  }

  @Test
  void whatCannotRunInABlockIsRefused() {
    assertThat(refusal(() -> message("CREATE DATABASE d", "SELECT 1")).getMessage())
        .isEqualTo("CREATE DATABASE cannot run inside a transaction block");
    assertThat(refusal(() -> message("SELECT 1", "DISCARD ALL")).sqlState()).isEqualTo("25001");
  }

  @Test
  void pipelineMayBeginWithWhatCannotRunInABlock() {
    assertThat(pipeline("CREATE DATABASE d", "SELECT 1")).isEqualTo("CREATE DATABASE; 1 SELECT 1");
    assertThat(refusal(() -> pipeline("SELECT 1", "DROP DATABASE d")).getMessage())
        .isEqualTo("DROP DATABASE cannot be executed within a pipeline");
    assertThat(pipeline("DISCARD ALL", "SELECT 1")).isEqualTo("DISCARD ALL; 1 SELECT 1");
  }

  @Test
  void settingsOfTheTransactionWantABlockWhichAPipelineIsNot() {
    assertThat(message("SET LOCAL statement_timeout = 5", "SHOW statement_timeout"))
        .isEqualTo("SET; 5ms SHOW");
    assertThat(answer(session.execute("SHOW statement_timeout"))).isEqualTo("0 SHOW");
    assertThat(pipeline("SET LOCAL statement_timeout = 5", "SHOW statement_timeout"))
        .isEqualTo("SET 25P01; 0 SHOW");
  }

  @Test
  void settingsGoBackWithTheMessageThatSetThem() {
    refusal(() -> message("SET application_name = 'a'", "SELECT 1/0"));
    assertThat(answer(session.execute("SHOW application_name"))).isEqualTo(" SHOW");
    message("SET application_name = 'a'", "SELECT 1");
    assertThat(answer(session.execute("SHOW application_name"))).isEqualTo("a SHOW");
  }

  @Test
  void onlyWhatEndsAFailedBlockIsPrepared() {
    session.execute("BEGIN");
    refusal(() -> answer(session.execute("SELECT 1/0")));
    assertThat(refusal(() -> session.prepare("SET application_name = 'a'")).sqlState())
        .isEqualTo("25P02");
    assertThat(session.prepare("-- nothing").isEmpty()).isTrue();
    Prepared end = session.prepare("ROLLBACK");
    assertThat(end.isTransactionExit()).isTrue();
    assertThat(answer(end.execute())).isEqualTo("ROLLBACK");
  }

  @Test
  void emptyTextIsNoStatement() {
    StatementResult.Command nothing = (StatementResult.Command) session.execute(" ; /* */ ;");
    assertThat(nothing.isEmpty()).isTrue();
    assertThat(session.prepare("").execute()).isEqualTo(StatementResult.Command.EMPTY);
    assertThat(session.prepare("SELECT 1").isEmpty()).isFalse();
  }

  @Test
  void declaredTypesDecideWhereTheyAreGiven() {
    String sql = "SELECT $1 + $2, 7";
    Prepared whole = session.prepare(sql, Arrays.asList(SqlType.BIGINT, null));
    assertThat(whole.parameterTypes()).containsExactly(SqlType.BIGINT, SqlType.BIGINT);
    Prepared exact = session.prepare(sql, List.of(SqlType.NUMERIC, SqlType.NUMERIC));
    assertThat(exact.parameterTypes()).containsExactly(SqlType.NUMERIC, SqlType.NUMERIC);
    assertThat(answer(whole.execute(Value.of(2L), Value.of(3L)))).isEqualTo("5 SELECT 1");
    assertThat(session.prepare(sql, Arrays.asList(null, SqlType.BIGINT)).parameterTypes())
        .containsExactly(SqlType.BIGINT, SqlType.BIGINT);
  }

  @Test
  void completionCountsRowsReadOrChanged() {
    assertThat(answer(session.execute("INSERT INTO t VALUES (1), (2) RETURNING id")))
        .isEqualTo("1 2 INSERT 0 2");
    assertThat(answer(session.execute("DELETE FROM t RETURNING id"))).isEqualTo("1 2 DELETE 2");
    assertThat(answer(session.execute("VALUES (1), (2)"))).isEqualTo("1 2 SELECT 2");
    assertThat(answer(session.execute("EXPLAIN SELECT 1"))).endsWith("EXPLAIN");
  }
}
