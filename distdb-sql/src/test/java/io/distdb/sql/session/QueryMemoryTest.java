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
import org.junit.jupiter.params.provider.ValueSource;

/** What a query holds is counted against {@code query_memory}. */
class QueryMemoryTest {
  private static final String MANY = "(SELECT x FROM generate_series(1, 50000) AS g(x))";

  private Session session;

  @BeforeEach
  void open() {
    Database database =
        Database.open(
            new FakeTransactionManager(),
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT);
    session = database.newSession();
    session.execute("CREATE TABLE t (x integer)");
    session.execute("CREATE TABLE kept (x integer)");
    session.execute("INSERT INTO kept SELECT x FROM " + MANY + " a WHERE x <= 10000");
  }

  private long rows(String sql) {
    if (!(session.execute(sql) instanceof StatementResult.Rows result)) {
      return Long.MAX_VALUE;
    }
    long rows = 0;
    try (ResultRows cursor = result.rows()) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x FROM MANY a ORDER BY x DESC",
        "SELECT DISTINCT x FROM MANY a",
        "SELECT x, count(*) FROM MANY a GROUP BY x",
        "SELECT count(DISTINCT x) FROM MANY a",
        "SELECT x, count(*) FROM MANY a GROUP BY ROLLUP (x)",
        "SELECT a.x FROM MANY a JOIN MANY b ON a.x = b.x",
        "SELECT x FROM MANY a EXCEPT SELECT 7",
        "SELECT x, sum(x) OVER () FROM MANY a",
        "SELECT x, string_agg('abcdefgh', '') OVER (ORDER BY x) FROM MANY a WHERE x < 2000",
        "SELECT x, max(x::text || 'abcdefgh') OVER (ORDER BY x) FROM MANY a WHERE x < 1500",
        "SELECT string_agg('abc', ',') FROM MANY a",
        "SELECT array_agg(x) FROM MANY a",
        "SELECT string_agg('abc', ',' ORDER BY x) FROM MANY a",
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x) FROM MANY a",
        "SELECT max(repeat('x', 200000)) FROM MANY a WHERE x < 3",
        "SELECT ARRAY(SELECT x FROM MANY a)",
        "SELECT x FROM MANY a WHERE x IN (SELECT x FROM MANY b) OR x < 0",
        "SELECT (SELECT b.y || a.x FROM (VALUES ('z')) b(y)) FROM MANY a",
        "INSERT INTO t SELECT x FROM MANY a RETURNING x",
        "UPDATE kept SET x = x + 1",
        "UPDATE kept SET x = a.x FROM MANY a WHERE kept.x = a.x",
        "DELETE FROM kept",
        "WITH w AS MATERIALIZED (SELECT x FROM MANY a) SELECT a.x FROM w a, w b WHERE a.x < 0",
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION SELECT x + 1 FROM r WHERE x < 50000) SELECT x FROM r"
      })
  void queryThatHoldsTooMuchEndsAndLeavesTheSessionUsable(String template) {
    String sql = template.replace("MANY", MANY);
    session.execute("SET query_memory = '128kB'");
    DistDbException error = catchThrowableOfType(DistDbException.class, () -> rows(sql));
    assertThat(error).as(sql).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    assertThat(error.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("query_memory"));
    session.execute("SET query_memory = '1GB'");
    assertThat(rows(sql.replace("a, w b WHERE a.x < 0", "a"))).isPositive();
  }

  @Test
  void firstRowsOfASortTakeNoMoreThanTheyNeed() {
    session.execute("SET query_memory = '512kB'");
    assertThat(rows("SELECT x FROM " + MANY + " a ORDER BY x DESC LIMIT 10")).isEqualTo(10);
  }

  @Test
  void whatASubqueryHeldIsFreeWhenItEnds() {
    session.execute("SET query_memory = '256kB'");
    String sorted =
        "SELECT (SELECT max(y) FROM (SELECT y FROM generate_series(1, 1000) AS h(y)"
            + " ORDER BY y + x LIMIT 900) s) FROM generate_series(1, 200) AS g(x)";
    assertThat(rows(sorted)).isEqualTo(200);
  }

  @Test
  void sizesAreShownInTheLargestWholeUnit() {
    session.execute("SET query_memory = '2048'");
    StatementResult.Rows shown = (StatementResult.Rows) session.execute("SHOW query_memory");
    try (ResultRows cursor = shown.rows()) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.get(0).toString()).contains("2MB");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'12 apples'", "'1kB'", "'999999999999TB'"})
  void whatIsNoAmountOfMemoryIsRefused(String value) {
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> session.execute("SET query_memory = " + value));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
  }
}
