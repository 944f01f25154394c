// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.function.TypeOutput;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions from text to rows, on the fake transaction manager. */
class SessionTest {
  private final FakeTransactionManager transactions = new FakeTransactionManager();
  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database =
        Database.open(transactions, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT);
    session = database.newSession();
    run("CREATE TABLE t (id integer PRIMARY KEY, name text, n bigint NOT NULL)");
    run("INSERT INTO t VALUES (1, 'one', 10), (2, 'two', 20), (3, NULL, 30)");
  }

  private String run(String sql) {
    return run(session, sql);
  }

  /** Rows as lines of values with bars between, or the completion tag. */
  private static String run(Session session, String sql) {
    return text(session.execute(sql));
  }

  private static String text(StatementResult result) {
    return switch (result) {
      case StatementResult.Command command -> command.completion();
      case StatementResult.Rows rows -> {
        List<String> lines = new ArrayList<>();
        try (ResultRows cursor = rows.rows()) {
          while (cursor.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < cursor.columns().size(); i++) {
              cells.add(cell(cursor.get(i)));
            }
            lines.add(String.join("|", cells));
          }
        }
        yield String.join("\n", lines);
      }
    };
  }

  private static String cell(Value value) {
    return switch (value) {
      case Value.Null ignored -> "NULL";
      case Value.BooleanValue v -> String.valueOf(v.value());
      case Value.IntegerValue v -> String.valueOf(v.value());
      case Value.BigintValue v -> String.valueOf(v.value());
      case Value.DoubleValue v -> String.valueOf(v.value());
      case Value.TextValue v -> v.value();
      default -> TypeOutput.text(value, ZoneOffset.UTC);
    };
  }

  private DistDbException failure(String sql) {
    return catchThrowableOfType(DistDbException.class, () -> run(sql));
  }

  @Test
  void selectsByKeyByRangeAndInOrder() {
    assertThat(run("SELECT name FROM t WHERE id = 2")).isEqualTo("two");
    assertThat(run("SELECT id FROM t WHERE id IN (3, 1, 7, 1)")).isEqualTo("1\n3");
    assertThat(run("SELECT id FROM t WHERE id > 1 ORDER BY id DESC")).isEqualTo("3\n2");
    assertThat(run("SELECT id FROM t ORDER BY name NULLS FIRST LIMIT 1 OFFSET 1")).isEqualTo("1");
    assertThat(run("SELECT id FROM t WHERE id = 5000000000")).isEmpty();
    assertThat(run("SELECT id FROM t WHERE id < 5000000000 AND id >= 3")).isEqualTo("3");
  }

  @Test
  void updatesSeeTheStateBeforeTheStatementOnly() {
    assertThat(run("UPDATE t SET id = id + 1")).isEqualTo("UPDATE 3");
    assertThat(run("SELECT id, n FROM t ORDER BY id")).isEqualTo("2|10\n3|20\n4|30");
    assertThat(failure("UPDATE t SET id = 7").sqlState()).isEqualTo("23505");
    assertThat(run("SELECT count(*) FROM t")).isEqualTo("3");
  }

  @Test
  void constraintsAreReportedInPostgresqlsWords() {
    DistDbException duplicate = failure("INSERT INTO t VALUES (4, 'x', 1), (1, 'y', 1)");
    assertThat(duplicate.sqlState()).isEqualTo("23505");
    assertThat(duplicate.getMessage())
        .isEqualTo("duplicate key value violates unique constraint \"t_pkey\"");
    assertThat(duplicate.detail()).contains("Key (id)=(1) already exists.");
    DistDbException missing = failure("INSERT INTO t (id) VALUES (9)");
    assertThat(missing.sqlState()).isEqualTo("23502");
    assertThat(missing.detail()).contains("Failing row contains (9, null, null).");
    assertThat(run("SELECT count(*) FROM t")).as("all or nothing").isEqualTo("3");
  }

  @Test
  void uniqueIndexRefusesEqualValuesButNotNulls() {
    run("CREATE UNIQUE INDEX t_name ON t (name)");
    assertThat(run("INSERT INTO t VALUES (4, NULL, 1)")).isEqualTo("INSERT 0 1");
    assertThat(failure("INSERT INTO t VALUES (5, 'one', 1)").detail())
        .contains("Key (name)=(one) already exists.");
    assertThat(run("DELETE FROM t WHERE name = 'one'")).isEqualTo("DELETE 1");
    assertThat(run("INSERT INTO t VALUES (5, 'one', 1)")).isEqualTo("INSERT 0 1");
    assertThat(
            run(
                "UPDATE t SET name = CASE name WHEN 'one' THEN 'two' ELSE 'one' END"
                    + " WHERE name IS NOT NULL"))
        .as("two rows swap unique values")
        .isEqualTo("UPDATE 2");
    assertThat(run("SELECT id FROM t WHERE name = 'two'")).isEqualTo("5");
  }

  @Test
  void uniqueIndexOnDuplicatesIsNotCreated() {
    run("INSERT INTO t VALUES (4, 'one', 1)");
    DistDbException refused = failure("CREATE UNIQUE INDEX t_name ON t (name)");
    assertThat(refused.sqlState()).isEqualTo("23505");
    assertThat(refused.getMessage()).isEqualTo("could not create unique index \"t_name\"");
    assertThat(refused.detail()).contains("Key (name)=(one) is duplicated.");
    assertThat(run("CREATE INDEX t_name ON t (name)")).isEqualTo("CREATE INDEX");
  }

  @Test
  void indexesFollowEveryChange() {
    run("CREATE INDEX t_n ON t (n DESC)");
    run("CREATE INDEX t_hash ON t USING HASH (name)");
    run("UPDATE t SET n = 40, name = 'uno' WHERE id = 1");
    run("DELETE FROM t WHERE id = 2");
    run("INSERT INTO t VALUES (5, 'uno', 40)");
    assertThat(run("SELECT id FROM t WHERE n = 40 ORDER BY id")).isEqualTo("1\n5");
    assertThat(run("SELECT id FROM t WHERE n = 10")).isEmpty();
    assertThat(run("SELECT id FROM t WHERE name = 'uno' ORDER BY id")).isEqualTo("1\n5");
    assertThat(run("SELECT id FROM t WHERE name = 'two'")).isEmpty();
    assertThat(run("EXPLAIN SELECT id FROM t WHERE name = 'uno'"))
        .contains("Index Only Scan using t_hash on t")
        .contains("Index Cond: (name = 'uno')");
    assertThat(run("EXPLAIN SELECT id FROM t ORDER BY n LIMIT 1"))
        .contains("Index Only Scan Backward using t_n on t");
  }

  @Test
  void tablesWithoutKeyKeepEqualRowsAndTheirOrder() {
    run("CREATE TABLE h (a integer)");
    run("INSERT INTO h VALUES (3), (1), (3)");
    assertThat(run("SELECT a FROM h")).isEqualTo("3\n1\n3");
    assertThat(run("DELETE FROM h WHERE a = 3")).isEqualTo("DELETE 2");
  }

  @Test
  void groupsJoinsAndSorts() {
    run("CREATE TABLE s (t integer, v integer)");
    run("INSERT INTO s VALUES (1, 5), (1, 6), (2, 7), (9, 8), (NULL, 1)");
    assertThat(
            run(
                "SELECT t.name, sum(s.v), count(*) FROM t JOIN s ON s.t = t.id"
                    + " GROUP BY t.name ORDER BY 2 DESC"))
        .isEqualTo("one|11|2\ntwo|7|1");
    assertThat(run("SELECT count(*), max(v), min(v), sum(v) FROM s WHERE v > 100"))
        .isEqualTo("0|NULL|NULL|NULL");
    assertThat(run("SELECT count(DISTINCT t) FROM s")).isEqualTo("3");
    assertThat(run("SELECT DISTINCT t IS NULL FROM s ORDER BY 1")).isEqualTo("false\ntrue");
  }

  @Test
  void errorsInABlockAllowOnlyItsEnd() {
    assertThat(run("BEGIN")).isEqualTo("BEGIN");
    run("INSERT INTO t VALUES (4, 'four', 40)");
    run("SAVEPOINT a");
    assertThat(failure("INSERT INTO t VALUES (4, 'again', 1)").sqlState()).isEqualTo("23505");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.FAILED);
    assertThat(failure("SELECT 1").sqlState()).isEqualTo("25P02");
    assertThat(run("ROLLBACK TO a")).isEqualTo("ROLLBACK");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IN_TRANSACTION);
    assertThat(run("SELECT count(*) FROM t")).isEqualTo("4");
    assertThat(failure("ROLLBACK TO b").sqlState()).isEqualTo("3B001");
    assertThat(run("COMMIT")).as("a failed block does not commit").isEqualTo("ROLLBACK");
    assertThat(run("SELECT count(*) FROM t")).isEqualTo("3");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
  }

  @Test
  void warningsAreNotices() {
    run("BEGIN");
    StatementResult again = session.execute("BEGIN");
    assertThat(((StatementResult.Command) again).notice().orElseThrow().sqlState())
        .isEqualTo("25001");
    run("ROLLBACK");
    StatementResult idle = session.execute("COMMIT");
    assertThat(((StatementResult.Command) idle).notice().orElseThrow().sqlState())
        .isEqualTo("25P01");
  }

  @Test
  void definitionsAreTransactional() {
    Session other = database.newSession();
    run("BEGIN");
    run("CREATE TABLE u (a integer PRIMARY KEY)");
    run("INSERT INTO u VALUES (1)");
    run("CREATE INDEX u_a ON u (a)");
    assertThat(run("SELECT a FROM u")).isEqualTo("1");
    assertThatThrownBy(() -> run(other, "SELECT a FROM u"))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("42P01"));
    run("ROLLBACK");
    assertThat(failure("SELECT a FROM u").sqlState()).isEqualTo("42P01");
    run("CREATE TABLE u (b text)");
    assertThat(run(other, "SELECT b FROM u")).isEmpty();
    assertThat(failure("CREATE TABLE u (b text)").sqlState()).isEqualTo("42P07");
    assertThat(run("DROP TABLE u")).isEqualTo("DROP TABLE");
  }

  @Test
  void cachedPlansFollowTheSchema() {
    assertThat(run("SELECT * FROM t WHERE name = 'one'")).isEqualTo("1|one|10");
    run("CREATE INDEX t_name ON t (name)");
    assertThat(run("SELECT * FROM t WHERE name = 'two'")).isEqualTo("2|two|20");
    run("DROP INDEX t_name ON t");
    run("DROP TABLE t");
    run("CREATE TABLE t (name text, extra boolean)");
    run("INSERT INTO t VALUES ('one', true)");
    assertThat(run("SELECT * FROM t WHERE name = 'one'")).isEqualTo("one|true");
  }

  @Test
  void statementsOfOneShapeShareACacheEntry() {
    int before = database.plans().size();
    for (int i = 0; i < 50; i++) {
      run("SELECT name FROM t WHERE id = " + i);
      run("select name from t where id=" + i + ";");
    }
    assertThat(database.plans().size() - before).isBetween(1, 2);
  }

  @Test
  void theCacheIsBounded() {
    Database small =
        Database.open(
            transactions,
            Scheduler.threads(),
            Clock.system(),
            new DatabaseOptions(DatabaseOptions.DEFAULT.defaultIsolation(), 0, 0, 10));
    Session own = small.newSession();
    for (int i = 0; i < 100; i++) {
      run(own, "SELECT id AS c" + i + " FROM t");
    }
    assertThat(small.plans().size()).isLessThanOrEqualTo(10);
  }

  @Test
  void preparedStatementsOutliveTheirPlan() {
    Prepared prepared = session.prepare("SELECT name, n FROM t WHERE id = $1");
    assertThat(prepared.parameterTypes()).containsExactly(SqlType.INTEGER);
    List<ResultColumn> told =
        List.of(new ResultColumn("name", SqlType.TEXT), new ResultColumn("n", SqlType.BIGINT));
    assertThat(ResultColumn.areAlike(prepared.columns(), told)).isTrue();
    assertThat(text(prepared.execute(Value.of(2)))).isEqualTo("two|20");
    run("CREATE INDEX t_n ON t (n)");
    assertThat(text(prepared.execute(Value.of(1L)))).as("a bigint that fits").isEqualTo("one|10");
    assertThat(text(prepared.execute(Value.NULL))).isEmpty();
    assertThatThrownBy(() -> prepared.execute())
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22023"));
    assertThatThrownBy(() -> prepared.execute(Value.of("x")))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22023"));
    prepared.close();
  }

  @Test
  void conflictsOfSingleStatementsAreRetried() {
    transactions.failCommits(3);
    assertThat(run("UPDATE t SET n = n + 1 WHERE id = 1")).isEqualTo("UPDATE 1");
    assertThat(run("SELECT n FROM t WHERE id = 1")).as("once, not thrice").isEqualTo("11");
    run("BEGIN");
    run("UPDATE t SET n = n + 1 WHERE id = 1");
    transactions.failCommits(1);
    assertThat(failure("COMMIT").sqlState())
        .as("a block is the client's to retry")
        .isEqualTo("40001");
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
  }

  @Test
  void readCommittedRechecksWhatChangedUnderIt() {
    Session other = database.newSession();
    run("BEGIN");
    run("SELECT count(*) FROM t");
    run(other, "UPDATE t SET n = 99 WHERE id = 1");
    assertThat(run("UPDATE t SET n = n + 1 WHERE n = 99")).isEqualTo("UPDATE 1");
    run("COMMIT");
    assertThat(run("SELECT n FROM t WHERE id = 1")).isEqualTo("100");
    run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    run("SELECT count(*) FROM t");
    run(other, "UPDATE t SET n = 1 WHERE id = 1");
    assertThat(failure("UPDATE t SET n = 2 WHERE id = 1").sqlState()).isEqualTo("40001");
    run("ROLLBACK");
  }

  @Test
  void settingsGoBackWithTheirTransaction() {
    run("SET statement_timeout = '2s'");
    assertThat(run("SHOW statement_timeout")).isEqualTo("2s");
    run("BEGIN");
    run("SET LOCAL statement_timeout = 5");
    run("SET application_name = 'x'");
    run("COMMIT");
    assertThat(run("SHOW statement_timeout")).isEqualTo("2s");
    assertThat(run("SHOW application_name")).isEqualTo("x");
    run("BEGIN");
    run("SET application_name = 'y'");
    run("ROLLBACK");
    assertThat(run("SHOW application_name")).isEqualTo("x");
    assertThat(failure("SET nothing_of_that_name = 1").sqlState()).isEqualTo("42704");
  }

  @Test
  void conditionalsEvaluateNoMoreThanNeeded() {
    run("UPDATE t SET n = 0 WHERE id = 2");
    assertThat(run("SELECT CASE WHEN n = 0 THEN -1 ELSE 60 / n END FROM t ORDER BY id"))
        .isEqualTo("6\n-1\n2");
    assertThat(run("SELECT id FROM t WHERE n <> 0 AND 60 / n = 2")).isEqualTo("3");
    assertThat(run("SELECT COALESCE(n, 1 / 0) FROM t WHERE id = 1")).isEqualTo("10");
    assertThat(failure("SELECT 60 / n FROM t").sqlState()).isEqualTo("22012");
    assertThat(failure("SELECT n + 9223372036854775807 FROM t").sqlState()).isEqualTo("22003");
  }

  @Test
  void openRowsSurviveOtherStatementsAndEndWithTheirBlock() {
    run("BEGIN");
    ResultRows rows = ((StatementResult.Rows) session.execute("SELECT id FROM t")).rows();
    assertThat(rows.next()).isTrue();
    run("DELETE FROM t WHERE id = 3");
    assertThat(rows.next()).isTrue();
    assertThat(rows.getInt(0)).isEqualTo(2);
    run("COMMIT");
    assertThat(rows.next()).as("closed by COMMIT").isFalse();
  }

  @Test
  void updatesByKeyCheckTheRestOfTheirCondition() {
    assertThat(run("UPDATE t SET n = 0 WHERE id = 1 AND name = 'two'")).isEqualTo("UPDATE 0");
    assertThat(run("UPDATE t SET n = 0 WHERE id = 1 AND name = 'one'")).isEqualTo("UPDATE 1");
    assertThat(run("UPDATE t SET n = n + 1 WHERE id IN (2, 3, 8) AND n > 20"))
        .isEqualTo("UPDATE 1");
    assertThat(run("SELECT id, n FROM t")).isEqualTo("1|0\n2|20\n3|31");
  }

  @Test
  void updatesWriteEveryTypeAndNull() {
    run(
        "CREATE TABLE w (id integer PRIMARY KEY, b boolean, i integer, d double precision, x text)");
    run("INSERT INTO w VALUES (1, true, 1, 1.5, 'x')");
    run("UPDATE w SET b = NOT b, i = i + 1, d = NULL");
    assertThat(run("SELECT * FROM w")).isEqualTo("1|false|2|NULL|x");
    run("UPDATE w SET b = NULL, d = 2.5, x = x || 'y'");
    assertThat(run("SELECT * FROM w")).isEqualTo("1|NULL|2|2.5|xy");
    run("UPDATE w SET d = -d, b = true");
    assertThat(run("SELECT * FROM w")).isEqualTo("1|true|2|-2.5|xy");
  }

  @Test
  void closedSessionsRefuse() {
    session.close();
    assertThat(failure("SELECT 1").sqlState()).isEqualTo("08003");
    session.close();
  }
}
