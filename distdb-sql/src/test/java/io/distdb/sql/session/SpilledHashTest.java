// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups, joins and sets that do not fit into {@code query_memory} are the same as in memory. */
class SpilledHashTest {
  private static final String MANY =
      "(SELECT x, x % 5000 AS k, CASE WHEN x % 7 = 0 THEN NULL ELSE 'text ' || x % 3000 END AS t"
          + " FROM generate_series(1, 20000) AS g(x))";

  private final SpillSpace space = SpillSpace.open(new SimulatedDisk(1), SpillSpace.UNLIMITED);
  private Databases databases;
  private Session session;

  @BeforeEach
  void open() {
    FakeTransactionManager transactions = new FakeTransactionManager();
    databases =
        Databases.open(
            transactions,
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT,
            transactions,
            space);
    session = databases.main().newSession();
  }

  @AfterEach
  void close() {
    databases.close();
  }

  private List<String> rows(String sql) {
    List<String> rows = inOrder(sql);
    Collections.sort(rows);
    return rows;
  }

  private List<String> inOrder(String sql) {
    List<String> rows = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    try (ResultRows cursor = result.rows()) {
      int width = cursor.columns().size();
      while (cursor.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < width; i++) {
          row.append(cursor.get(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, count(*), sum(x), avg(x), min(t), max(t), bool_and(x > 3) FROM MANY a GROUP BY k",
        "SELECT t, count(*), count(t), max(x) FILTER (WHERE x > 9000) FROM MANY a GROUP BY t",
        "SELECT k, t, stddev(x), sum(x::numeric), sum(x::real) FROM MANY a GROUP BY k, t",
        "SELECT count(*), sum(c) FROM (SELECT x, count(*) c FROM MANY a GROUP BY x) b",
        "SELECT k % 2000, count(DISTINCT t) FROM MANY a GROUP BY k % 2000",
        "SELECT count(DISTINCT x), count(DISTINCT t), sum(DISTINCT k), min(t) FROM MANY a",
        "SELECT k, string_agg(t, ',' ORDER BY x DESC), string_agg(t, '-') FROM MANY a GROUP BY k",
        "SELECT k, array_agg(x), array_agg(t) FROM MANY a GROUP BY k",
        "SELECT k % 3, string_agg(t, k::text), sum(x) FROM MANY a GROUP BY k % 3",
        "SELECT string_agg(DISTINCT t, ',' ORDER BY t DESC) FROM MANY a WHERE k % 4 = 0",
        "SELECT k % 20, percentile_disc(0.3) WITHIN GROUP (ORDER BY x), mode() WITHIN GROUP"
            + " (ORDER BY t) FROM MANY a GROUP BY k % 20",
        "SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY x), percentile_disc(0.5) WITHIN GROUP"
            + " (ORDER BY t), mode() WITHIN GROUP (ORDER BY t DESC) FROM MANY a",
        "SELECT x % 1000, t, count(DISTINCT k), array_agg(k ORDER BY t, x) FROM MANY a"
            + " WHERE t < 'x' GROUP BY GROUPING SETS ((x % 1000), (t))",
        "SELECT k, count(DISTINCT x), string_agg(t, '') FROM (SELECT * FROM MANY b ORDER BY k) a"
            + " GROUP BY k",
        "SELECT k, t, count(*), grouping(k, t) FROM MANY a GROUP BY ROLLUP (k, t)",
        "SELECT k, x % 10, t, count(*) FROM MANY a GROUP BY GROUPING SETS ((k), (x % 10), (t), ())",
        "SELECT k, count(*) FROM MANY a GROUP BY k HAVING sum(x) > 40000",
        "SELECT a.x, b.k FROM MANY a JOIN MANY b ON a.x = b.x WHERE a.x % 3 = 0",
        "SELECT a.x, b.t FROM MANY a LEFT JOIN MANY b ON a.x = b.x * 2 AND b.t < 'text 2'",
        "SELECT a.x, b.t FROM MANY a FULL JOIN MANY b ON a.x = b.x + 1000 AND b.k < a.k + 50",
        "SELECT a.x FROM MANY a WHERE EXISTS (SELECT 1 FROM MANY b WHERE b.x * 3 = a.x)",
        "SELECT a.x FROM MANY a WHERE NOT EXISTS (SELECT 1 FROM MANY b WHERE b.x * 3 = a.x)",
        "SELECT a.t, count(*) FROM MANY a JOIN MANY b ON a.t = b.t AND a.x < b.x GROUP BY a.t",
        "SELECT a.x FROM MANY a JOIN MANY b ON a.x = b.x JOIN MANY c ON b.k = c.x",
        "SELECT x, t FROM MANY a EXCEPT SELECT x * 2, t FROM MANY b",
        "SELECT t FROM MANY a EXCEPT ALL SELECT t FROM MANY b WHERE x % 3 = 0",
        "SELECT x, k FROM MANY a INTERSECT SELECT x * 2, k FROM MANY b",
        "SELECT k, t FROM MANY a INTERSECT ALL SELECT k, t FROM MANY b WHERE x % 3 > 0",
        "SELECT x FROM MANY a WHERE x IN (SELECT x * 2 FROM MANY b) OR x < 5",
        "SELECT x FROM MANY a WHERE x NOT IN (SELECT x * 3 FROM MANY b) OR x < 5",
        "SELECT x, t IN (SELECT t FROM MANY b WHERE x % 2 = 0) FROM MANY a",
        "SELECT x, t IN (SELECT t || x FROM MANY b WHERE t < 'x') FROM MANY a",
        "SELECT x, (k, t) NOT IN (SELECT x, t || x FROM MANY b WHERE x > 3 AND t < 'x')"
            + " FROM MANY a WHERE x < 100",
        "SELECT k FROM MANY a INTERSECT SELECT x FROM MANY b EXCEPT SELECT 77",
      })
  void answerIsThatOfEnoughMemory(String template) {
    String sql = template.replace("MANY", MANY);
    session.execute("SET query_memory = '1GB'");
    List<String> expected = rows(sql);
    assertThat(expected).isNotEmpty();
    session.execute("SET query_memory = '128kB'");
    assertThat(rows(sql)).isEqualTo(expected);
    assertThat(space.usedBytes()).as("files that are left").isZero();
  }

  @Test
  void orderThatAJoinGivesIsKept() {
    session.execute("CREATE TABLE big (id integer PRIMARY KEY, k integer)");
    session.execute("INSERT INTO big SELECT x, x * 31 % 10000 FROM generate_series(1, 10000) g(x)");
    session.execute("CREATE TABLE other (x integer, y integer)");
    session.execute("INSERT INTO other SELECT x, x % 3 FROM generate_series(1, 9000) g(x)");
    session.execute("ANALYZE");
    String sql = "SELECT a.id, b.y FROM big a JOIN other b ON a.k = b.x ORDER BY a.id";
    assertThat(explained("EXPLAIN (COSTS OFF) " + sql))
        .doesNotContain("Sort")
        .contains("Hash Join");
    List<String> expected = inOrder(sql);
    session.execute("SET query_memory = '64kB'");
    assertThat(inOrder(sql)).isEqualTo(expected);
    assertThat(inOrder(sql + " LIMIT 5")).isEqualTo(expected.subList(0, 5));
    String semi =
        "SELECT a.id FROM big a WHERE EXISTS (SELECT 1 FROM other b WHERE a.k = b.x) ORDER BY a.id";
    List<String> ids = inOrder(semi);
    session.execute("SET query_memory = '1GB'");
    assertThat(ids).isEqualTo(inOrder(semi)).hasSize(9_000);
    assertThat(space.usedBytes()).isZero();
  }

  private String explained(String sql) {
    return String.join("\n", inOrder(sql));
  }

  @Test
  void explainTellsOfBatches() {
    for (String template :
        List.of(
            "SELECT k, count(*) FROM MANY a GROUP BY k",
            "SELECT k, count(*) FROM MANY a GROUP BY CUBE (k, t)",
            "SELECT a.x FROM MANY a JOIN MANY b ON a.x = b.x",
            "SELECT x FROM MANY a EXCEPT SELECT k FROM MANY b")) {
      String sql = "EXPLAIN (ANALYZE, TIMING OFF) " + template.replace("MANY", MANY);
      session.execute("SET query_memory = '1GB'");
      assertThat(explained(sql)).containsPattern("Batches: 1  Memory Usage: \\d+kB\\]");
      session.execute("SET query_memory = '128kB'");
      assertThat(explained(sql))
          .containsPattern("Batches: \\d\\d+  Memory Usage: \\d+kB  Disk Usage: \\d\\d+kB");
    }
  }

  @Test
  void whatIsNotReadToItsEndLeavesNoFiles() {
    session.execute("SET query_memory = '128kB'");
    for (String template :
        List.of(
            "SELECT k, array_agg(t) FROM MANY a GROUP BY k",
            "SELECT a.x FROM MANY a JOIN MANY b ON a.x = b.x",
            "SELECT x FROM MANY a EXCEPT SELECT k FROM MANY b")) {
      String sql = template.replace("MANY", MANY);
      assertThat(inOrder(sql + " LIMIT 3")).hasSize(3);
      assertThat(space.usedBytes()).as(sql).isZero();
      StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
      try (ResultRows cursor = result.rows()) {
        assertThat(cursor.next()).isTrue();
        assertThat(space.usedBytes()).as(sql).isPositive();
      }
      assertThat(space.usedBytes()).as(sql).isZero();
      assertThatThrownBy(() ->
              inOrder(
                  sql.replace("a.x", "1 / (a.x - 19999)")
                      .replace("SELECT x ", "SELECT 1 / (x - 19999) ")
                      .replace("array_agg(t)", "sum(1 / (x - 19999))")))
          .isInstanceOf(DistDbException.class)
          .hasMessage("division by zero");
      assertThat(space.usedBytes()).as(sql).isZero();
    }
  }

  @Test
  void groupThatHasNoRoomIsNamed() {
    session.execute("SET query_memory = '128kB'");
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class,
            () -> inOrder("SELECT array_agg(x) FROM MANY a".replace("MANY", MANY)));
    assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    assertThat(error.detail()).hasValueSatisfying(text -> assertThat(text).contains("array_agg"));
    assertThat(space.usedBytes()).isZero();
  }
}
