// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are read when they are asked for, and what fails then. */
class LazyRowsTest {
  private static final int ROWS = 5_000;
  private static final String QUERY = "SELECT * FROM t";

  private final FakeTransactionManager transactions = new FakeTransactionManager();
  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database =
        Database.open(transactions, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT);
    session = database.newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
    session.execute("INSERT INTO t SELECT * FROM generate_series(1, " + ROWS + ")");
    assertThat(count(rows())).isEqualTo(ROWS);
  }

  private ResultRows rows() {
    return ((StatementResult.Rows) session.execute(QUERY)).rows();
  }

  private static int count(ResultRows rows) {
    int count = 0;
    try (rows) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  private static ErrorCode failure(ResultRows rows) {
    return catchThrowableOfType(DistDbException.class, () -> count(rows)).code();
  }

  @ParameterizedTest
  @EnumSource(names = {"SERIALIZATION_FAILURE", "SNAPSHOT_TOO_OLD"})
  void aQueryIsRunAgainWhileNobodyHasSeenARow(ErrorCode code) {
    ResultRows rows = rows();
    transactions.failReads(code, 10, 3);
    assertThat(count(rows)).isEqualTo(ROWS);
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
    assertThat(count(rows())).isEqualTo(ROWS);
  }

  @Test
  void whatEachAttemptMeetsIsTheAnswerInTheEnd() {
    ResultRows rows = rows();
    transactions.failReads(ErrorCode.SNAPSHOT_TOO_OLD, 0, Integer.MAX_VALUE);
    assertThat(failure(rows)).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD);
    transactions.failReads(ErrorCode.SNAPSHOT_TOO_OLD, 0, 0);
    assertThat(count(rows())).isEqualTo(ROWS);
  }

  @Test
  void anotherErrorOfALaterAttemptIsTheAnswer() {
    ResultRows rows = rows();
    session.cancel();
    transactions.failReads(ErrorCode.SERIALIZATION_FAILURE, 0, 1);
    assertThat(failure(rows)).isEqualTo(ErrorCode.QUERY_CANCELED);
  }

  @Test
  void rowsThatSomebodyHasSeenAreNotGivenTwice() {
    ResultRows rows = rows();
    assertThat(rows.next()).isTrue();
    transactions.failReads(ErrorCode.SERIALIZATION_FAILURE, 0, 1);
    assertThat(failure(rows)).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
  }

  @Test
  void theRowsOfABlockAreTheClientsToAskForAgain() {
    session.execute("BEGIN");
    ResultRows rows = rows();
    transactions.failReads(ErrorCode.SERIALIZATION_FAILURE, 0, 1);
    assertThat(failure(rows)).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.FAILED);
  }

  @Test
  void rowsOfOtherColumnsAreNoRowsOfTheQuery() {
    ResultRows rows = rows();
    database.newSession().execute("ALTER TABLE t ADD COLUMN n integer");
    transactions.failReads(ErrorCode.SERIALIZATION_FAILURE, 0, 1);
    assertThat(failure(rows)).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    assertThat(rows().columns()).hasSize(2);
  }
}
