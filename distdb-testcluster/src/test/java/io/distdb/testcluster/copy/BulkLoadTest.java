// SPDX-License-Identifier: MIT
package io.distdb.testcluster.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many rows in one statement: all or none, with every index, whatever others do meanwhile. */
@Timeout(120)
final class BulkLoadTest {
  /** So many are locked and looked up together. */
  private static final int ROWS = 3000;

  private Client client;
  private Session session;
  private Session other;

  @BeforeEach
  void open() {
    client = Client.open();
    session = client.newSession();
    other = client.newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, code text UNIQUE, grp integer)");
    session.execute("CREATE INDEX t_grp ON t (grp)");
  }

  @AfterEach
  void close() {
    session.close();
    other.close();
    client.close();
  }

  // --- failures ---

  @Test
  void aLoadThatFailsInTheMiddleLeavesNothing() {
    assertFails(
        () -> copy(session, ROWS, i -> i == ROWS - 10 ? "x\ty\tz" : row(i)),
        ErrorCode.INVALID_TEXT_REPRESENTATION,
        "COPY t, line " + (ROWS - 9) + ", column id: \"x\"");
    assertEmpty();
    assertThat(copy(session, ROWS, BulkLoadTest::row)).isEqualTo(ROWS);
    assertFull();
  }

  @Test
  void aKeyThatComesTwiceIsNamedWithItsLine() {
    assertFails(
        () -> copy(session, ROWS, i -> i == 2000 ? "17\tother\t1" : row(i)),
        ErrorCode.UNIQUE_VIOLATION,
        "COPY t, line 2001");
    assertEmpty();
  }

  @Test
  void aCodeThatComesTwiceIsNamedWithItsLine() {
    assertThatThrownBy(() -> copy(session, ROWS, i -> i == 2000 ? "2000\tcode17\t1" : row(i)))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> {
              assertThat(failure.getMessage())
                  .contains("duplicate key value violates unique constraint \"t_code_key\"");
              assertThat(failure.detail()).hasValue("Key (code)=(code17) already exists.");
              assertThat(failure.context()).hasValue("COPY t, line 2001");
            });
    assertEmpty();
  }

  @Test
  void theFirstOfSeveralDuplicatesIsReported() {
    session.execute("INSERT INTO t VALUES (2500, 'a', 0), (-1, 'code400', 0)");
    assertFails(
        () -> copy(session, ROWS, i -> i == 1500 ? "3\tc\t1" : row(i)),
        ErrorCode.UNIQUE_VIOLATION,
        "COPY t, line 401");
    assertThat(count(session, "t")).isEqualTo(2);
    assertThat(count(session, "t WHERE grp >= 1")).isZero();
  }

  @Test
  void aDuplicateGoesBeforeALaterRowThatIsWrongInItself() {
    assertFails(
        () -> copy(session, ROWS, i -> i == 1500 ? "3\tc\t1" : i == 2900 ? "bad" : row(i)),
        ErrorCode.UNIQUE_VIOLATION,
        "COPY t, line 1501");
    assertFails(
        () -> copy(session, ROWS, i -> i == 1500 ? "bad" : i == 2900 ? "3\tc\t1" : row(i)),
        ErrorCode.INVALID_TEXT_REPRESENTATION,
        "COPY t, line 1501, column id: \"bad\"");
  }

  @Test
  void whatIsThereAlreadyIsADuplicate() {
    session.execute("INSERT INTO t VALUES (1234, 'there', 0)");
    assertFails(
        () -> copy(session, ROWS, BulkLoadTest::row),
        ErrorCode.UNIQUE_VIOLATION,
        "COPY t, line 1235");
    assertThat(count(session, "t")).isEqualTo(1);
  }

  @Test
  void nullsAreNoDuplicates() {
    copy(session, ROWS, i -> i + "\t\\N\t\\N");
    assertThat(count(session, "t WHERE code IS NULL")).isEqualTo(ROWS);
    assertThat(count(session, "t WHERE grp IS NULL")).isEqualTo(ROWS);
  }

  @Test
  void foreignKeysAreCheckedForEveryRow() {
    session.execute("CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES t)");
    copy(session, ROWS, BulkLoadTest::row);
    assertFails(
        () -> copyTo("child", session, ROWS, i -> i + "\t" + (i == 2222 ? -5 : i)),
        ErrorCode.FOREIGN_KEY_VIOLATION,
        null);
    assertThat(count(session, "child")).isZero();
    copyTo("child", session, ROWS, i -> i + "\t" + i);
    assertThat(count(session, "child JOIN t ON t.id = child.parent")).isEqualTo(ROWS);
    assertCode(
        () -> session.execute("DELETE FROM t WHERE id = 7"), ErrorCode.FOREIGN_KEY_VIOLATION);
  }

  @Test
  void rowsMayReferToEachOther() {
    session.execute("CREATE TABLE node (id integer PRIMARY KEY, next integer REFERENCES node)");
    copyTo("node", session, ROWS, i -> i + "\t" + (i + 1) % ROWS);
    assertThat(count(session, "node")).isEqualTo(ROWS);
  }

  // --- others meanwhile ---

  @Test
  void othersSeeNothingBeforeTheCommit() {
    session.execute("BEGIN");
    copy(session, ROWS, BulkLoadTest::row);
    assertThat(count(session, "t")).isEqualTo(ROWS);
    assertThat(count(session, "t WHERE grp = 3")).isEqualTo(ROWS / 10);
    assertThat(count(other, "t")).isZero();
    session.execute("COMMIT");
    assertThat(count(other, "t")).isEqualTo(ROWS);
  }

  @Test
  void aWriterOfALoadedKeyWaits() {
    session.execute("BEGIN");
    copy(session, ROWS, BulkLoadTest::row);
    other.execute("SET lock_timeout = '20ms'");
    assertCode(
        () -> other.execute("INSERT INTO t VALUES (5, 'new', 1)"), ErrorCode.LOCK_NOT_AVAILABLE);
    session.execute("ROLLBACK");
    other.execute("INSERT INTO t VALUES (5, 'new', 1)");
    assertThat(count(session, "t")).isEqualTo(1);
  }

  @Test
  void loadsOfOtherRowsGoOnBesideEachOther() {
    session.execute("CREATE TABLE u (id integer PRIMARY KEY, code text, grp integer)");
    session.execute("CREATE INDEX u_grp ON u (grp)");
    session.execute("BEGIN");
    other.execute("BEGIN");
    copyTo("u", session, ROWS, BulkLoadTest::row);
    copyTo("u", other, ROWS, i -> row(i + ROWS));
    client.execute("INSERT INTO u VALUES (-1, 'one row', 5)");
    other.execute("COMMIT");
    assertThat(count(session, "u")).isEqualTo(2 * ROWS + 1);
    session.execute("COMMIT");
    assertThat(count(other, "u WHERE grp = 5")).isEqualTo(2 * ROWS / 10 + 1);
  }

  @Test
  void aLoadWaitsForAWriterOfTheSameKey() throws Exception {
    other.execute("BEGIN");
    other.execute("INSERT INTO t VALUES (5, 'new', 1)");
    CompletableFuture<Long> load = started(() -> copy(session, ROWS, BulkLoadTest::row));
    other.execute("ROLLBACK");
    assertThat(load.get(60, TimeUnit.SECONDS)).isEqualTo(ROWS);
  }

  @Test
  void twoLoadsThatWaitForEachOtherAreADeadlock() throws Exception {
    session.execute("CREATE TABLE u (id integer PRIMARY KEY, code text, grp integer)");
    session.execute("BEGIN");
    other.execute("BEGIN");
    copyTo("t", session, ROWS, BulkLoadTest::row);
    copyTo("u", other, ROWS, BulkLoadTest::row);
    CompletableFuture<ErrorCode> first =
        attempt(() -> copyTo("u", session, ROWS, BulkLoadTest::row));
    CompletableFuture<ErrorCode> second =
        attempt(() -> copyTo("t", other, ROWS, BulkLoadTest::row));
    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
    other.execute("ROLLBACK");
    assertThat(first.get(60, TimeUnit.SECONDS)).isNull();
    session.execute("COMMIT");
    assertFull();
    assertThat(count(session, "u")).isEqualTo(ROWS);
  }

  private static CompletableFuture<ErrorCode> attempt(Runnable statement) {
    return started(() -> {
      try {
        statement.run();
        return null;
      } catch (DistDbException failure) {
        return failure.code();
      }
    });
  }

  /** In a thread of its own: the common pool may have only one. */
  private static <T> CompletableFuture<T> started(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void aSavepointTakesALoadBack() {
    session.execute("BEGIN");
    session.execute("INSERT INTO t VALUES (-1, 'first', 1)");
    session.execute("SAVEPOINT s");
    copy(session, ROWS, BulkLoadTest::row);
    session.execute("UPDATE t SET grp = 99 WHERE id = 7");
    session.execute("ROLLBACK TO s");
    assertThat(count(session, "t")).isEqualTo(1);
    assertThat(count(session, "t WHERE grp = 99")).isZero();
    copy(session, ROWS, BulkLoadTest::row);
    session.execute("COMMIT");
    assertThat(count(other, "t")).isEqualTo(ROWS + 1);
    assertThat(count(other, "t WHERE grp = 3")).isEqualTo(ROWS / 10);
  }

  @Test
  void whatIsLoadedCanBeChangedInTheSameTransaction() {
    session.execute("BEGIN");
    copy(session, ROWS, BulkLoadTest::row);
    session.execute("UPDATE t SET grp = 99, code = code || '!' WHERE id < 10");
    session.execute("DELETE FROM t WHERE id >= 2990");
    copy(session, 10, i -> row(i + 2990));
    session.execute("COMMIT");
    assertThat(count(other, "t")).isEqualTo(ROWS);
    assertThat(count(other, "t WHERE grp = 99")).isEqualTo(10);
    assertThat(count(other, "t WHERE code = 'code2995'")).isEqualTo(1);
    assertThat(count(other, "t WHERE code = 'code5'")).isZero();
  }

  // --- other statements ---

  @Test
  void insertFromAQueryAndTablesOfQueriesAreLoadsToo() {
    session.execute(
        "INSERT INTO t SELECT i, 'code' || i, i % 10 FROM generate_series(0, 2999) AS s(i)");
    assertFull();
    session.execute("CREATE TABLE copied AS SELECT * FROM t");
    assertThat(count(session, "copied")).isEqualTo(ROWS);
    session.execute("CREATE UNIQUE INDEX ON copied (id)");
    assertThat(count(session, "copied WHERE id = 77")).isEqualTo(1);
    session.execute("INSERT INTO copied VALUES (-7, 'code6', 1)");
    assertThatThrownBy(() -> session.execute("CREATE UNIQUE INDEX ON copied (code)"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
              assertThat(failure.detail()).hasValue("Key (code)=(code6) is duplicated.");
            });
    assertCode(
        () -> session.execute("INSERT INTO t SELECT id + 1500, 'x' || id, 1 FROM t"),
        ErrorCode.UNIQUE_VIOLATION);
    assertFull();
  }

  @Test
  void aBatchIsALoad() {
    List<Object[]> runs = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      runs.add(new Object[] {i, "code" + i, i % 10});
    }
    client.prepare("INSERT INTO t VALUES ($1, $2, $3)").executeBatch(runs);
    assertFull();
    session.execute("DELETE FROM t");
    runs.set(2500, new Object[] {17, "x", 1});
    assertCode(
        () -> client.prepare("INSERT INTO t VALUES ($1, $2, $3)").executeBatch(runs),
        ErrorCode.UNIQUE_VIOLATION);
    assertEmpty();
  }

  // --- small parts ---

  private static String row(int i) {
    return i + "\tcode" + i + "\t" + i % 10;
  }

  private static long copy(Session session, int rows, IntFunction<String> row) {
    return copyTo("t", session, rows, row);
  }

  private static long copyTo(String table, Session session, int rows, IntFunction<String> row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      text.append(row.apply(i)).append('\n');
    }
    InputStream data = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    return session.copyIn("COPY " + table + " FROM STDIN", data);
  }

  private void assertEmpty() {
    assertThat(count(session, "t")).isZero();
    assertThat(count(session, "t WHERE grp >= 0")).isZero();
    assertThat(count(session, "t WHERE code >= ''")).isZero();
  }

  private void assertFull() {
    assertThat(count(session, "t")).isEqualTo(ROWS);
    for (int group = 0; group < 10; group++) {
      assertThat(count(session, "t WHERE grp = " + group)).isEqualTo(ROWS / 10);
    }
    for (int i = 0; i < ROWS; i += 97) {
      assertThat(count(session, "t WHERE code = 'code" + i + "'")).isEqualTo(1);
      assertThat(count(session, "t WHERE id = " + i)).isEqualTo(1);
    }
  }

  private static long count(Session session, String from) {
    StatementResult.Rows result =
        (StatementResult.Rows) session.execute("SELECT count(*) FROM " + from);
    try (ResultRows rows = result.rows()) {
      rows.next();
      return ((Value.BigintValue) rows.get(0)).value();
    }
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String context) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.context().orElse(null)).isEqualTo(context);
            });
  }
}
