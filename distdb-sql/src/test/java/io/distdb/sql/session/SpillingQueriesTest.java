// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that do not fit into memory answer what they answer otherwise, and leave no files. */
class SpillingQueriesTest {
  private static final String LITTLE = "64kB";

  private SimulatedDisk disk;
  private Session session;

  @BeforeEach
  void open() {
    disk = new SimulatedDisk(1);
    session = newSession(SpillSpace.open(disk, SpillSpace.UNLIMITED));
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, k integer, s text, n numeric)");
    session.execute(
        "INSERT INTO t SELECT x, CASE WHEN x % 7 > 0 THEN x * 7919 % 100 END,"
            + " repeat(chr(97 + x % 26), x % 50), x * 1.5"
            + " FROM generate_series(1, 20000) AS g(x)");
  }

  private static Session newSession(SpillSpace space) {
    FakeTransactionManager transactions = new FakeTransactionManager();
    return Databases.open(
            transactions,
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT,
            transactions,
            space)
        .main()
        .newSession();
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows result) {
      try (ResultRows cursor = result.rows()) {
        while (cursor.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < cursor.columns().size(); i++) {
            cells.add(cursor.text(i));
          }
          rows.add(cells.toString());
        }
      }
    }
    return rows;
  }

  private void remember(String amount) {
    session.execute("SET query_memory = '" + amount + "'");
  }

  /** In that order: each of these says in which. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t ORDER BY k, s, id",
        "SELECT * FROM t ORDER BY n DESC",
        "SELECT * FROM t ORDER BY k NULLS FIRST, id DESC",
        "SELECT * FROM t ORDER BY s DESC, id LIMIT 7000 OFFSET 3000",
        "SELECT a.* FROM (SELECT * FROM t ORDER BY s, id LIMIT 15000) a ORDER BY k, id",
        "SELECT id, s FROM t ORDER BY k FETCH FIRST 5000 ROWS WITH TIES",
        "SELECT count(*), min(s), max(id) FROM (SELECT * FROM t ORDER BY s DESC, n) a",
        "SELECT id, s, row_number() OVER w, rank() OVER w, dense_rank() OVER w, ntile(7) OVER w,"
            + " cume_dist() OVER w, percent_rank() OVER w FROM t WINDOW w AS (ORDER BY k, s)",
        "SELECT id, k, sum(id) OVER (PARTITION BY k % 3 ORDER BY s), count(*) FILTER (WHERE id < 100)"
            + " OVER (PARTITION BY k % 3), avg(n) OVER (PARTITION BY k % 3 ORDER BY s ROWS"
            + " UNBOUNDED PRECEDING), first_value(s) OVER (PARTITION BY k % 3 ORDER BY id),"
            + " last_value(id) OVER (PARTITION BY k % 3 ORDER BY s) FROM t",
        "SELECT id, sum(id) OVER (), max(s) OVER (ORDER BY id) FROM t",
        "WITH w AS MATERIALIZED (SELECT * FROM t) SELECT id, s FROM w",
        "WITH w AS MATERIALIZED (SELECT id, k, s FROM t) SELECT s FROM w UNION ALL SELECT s FROM w",
        "WITH w AS MATERIALIZED (SELECT * FROM t) SELECT (SELECT count(s) FROM w WHERE w.id > a.x)"
            + " FROM (VALUES (5), (19000), (7)) a(x)",
        "WITH RECURSIVE r(x, s) AS (SELECT id, s FROM t UNION ALL SELECT x + 100000, s FROM r"
            + " WHERE x < 200000) SELECT x, s FROM r",
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 2000)"
            + " SELECT x FROM r",
      })
  void answersAreTheSameInTheSameOrder(String sql) {
    List<String> expected = rows(sql);
    remember(LITTLE);
    assertThat(rows(sql)).isEqualTo(expected);
    assertThat(disk.list("")).isEmpty();
  }

  /** Equal rows stay in the order in which they came, as they do in memory. */
  @Test
  void sortOnDiskIsStable() {
    String sql = "SELECT id FROM (SELECT * FROM t ORDER BY id DESC) a ORDER BY k";
    List<String> expected = rows(sql);
    remember(LITTLE);
    assertThat(rows(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT s, k FROM t",
        "SELECT DISTINCT id, s FROM t",
        "SELECT DISTINCT k FROM t",
        "SELECT DISTINCT a.x FROM (SELECT id % 5000 AS x FROM t UNION ALL SELECT NULL) a",
        "SELECT DISTINCT repeat('y', 500), id / 2 FROM t"
      })
  void answersAreTheSameInAnyOrder(String sql) {
    List<String> expected = rows(sql);
    remember(LITTLE);
    assertThat(rows(sql)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void ntileOfNothingIsRefusedOnDiskToo() {
    remember(LITTLE);
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> rows("SELECT ntile(0) OVER (ORDER BY id) FROM t"));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT_FOR_NTILE);
    assertThat(disk.list("")).isEmpty();
  }

  /** Its rows come from a file, after the statement is done. */
  @Test
  void returnedRowsComeFromDisk() {
    remember("2MB");
    String sql = "UPDATE t SET n = n + 1 RETURNING id, repeat('x', 300 + id % 5)";
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    ResultRows cursor = result.rows();
    assertThat(disk.list("")).hasSize(1);
    assertThat(rows("SELECT count(*) FROM t WHERE n = id * 1.5 + 1")).containsExactly("[20000]");
    long sum = 0;
    while (cursor.next()) {
      sum += cursor.getInt(0);
      assertThat(cursor.getString(1)).hasSize(300 + cursor.getInt(0) % 5);
    }
    assertThat(sum).isEqualTo(20_000L * 20_001 / 2);
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void returnedRowsThatNobodyReadsGoWithTheSession() {
    remember("2MB");
    session.execute("BEGIN");
    session.execute("DELETE FROM t RETURNING id, repeat('x', 300)");
    session.execute("COMMIT");
    assertThat(disk.list("")).hasSize(1);
    session.close();
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void insertOfTheTableItselfReadsItFirst() {
    remember(LITTLE);
    session.execute("INSERT INTO t SELECT id + 20000, k, s, n FROM t");
    assertThat(disk.list("")).isEmpty();
    assertThat(rows("SELECT count(*), sum(id), max(id), min(id) FROM t"))
        .containsExactly("[40000, " + 40_000L * 40_001 / 2 + ", 40000, 1]");
  }

  @Test
  void changesOfWithHandTheirRowsOnFromDisk() {
    remember("2MB");
    String sql =
        "WITH d AS (DELETE FROM t WHERE id > 5000 RETURNING id, repeat('x', 300) AS x)"
            + " SELECT d.id, x FROM d";
    List<String> rows = rows(sql);
    assertThat(rows).hasSize(15_000);
    assertThat(rows.getLast()).isEqualTo("[20000, " + "x".repeat(300) + "]");
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void explainTellsWhereItSorted() {
    String sql = "EXPLAIN (ANALYZE, TIMING OFF) SELECT * FROM t ORDER BY s";
    assertThat(String.join("\n", rows(sql)))
        .containsPattern("Sort Method: merge sort  Memory: \\d+kB");
    remember(LITTLE);
    assertThat(String.join("\n", rows(sql)))
        .containsPattern("Sort Method: external merge  Disk: [1-9]\\d*kB");
    assertThat(String.join("\n", rows(sql.replace("OFF)", "OFF, FORMAT JSON)"))))
        .containsPattern("\"Sort Space Used\": [1-9]\\d*,\\s*\"Sort Space Type\": \"Disk\"");
  }

  @Test
  void rowsThatAreNotReadToTheirEndLeaveNoFiles() {
    remember(LITTLE);
    StatementResult.Rows result =
        (StatementResult.Rows) session.execute("SELECT * FROM t ORDER BY s");
    ResultRows cursor = result.rows();
    assertThat(cursor.next()).isTrue();
    assertThat(disk.list("")).isNotEmpty();
    cursor.close();
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void errorAmidASortLeavesNoFiles() {
    remember(LITTLE);
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> rows("SELECT 1 / (id - 19999) FROM t ORDER BY s"));
    assertThat(error.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void cancelledSortLeavesNoFiles() {
    remember(LITTLE);
    StatementResult.Rows result =
        (StatementResult.Rows) session.execute("SELECT * FROM t ORDER BY s");
    ResultRows cursor = result.rows();
    cursor.next();
    session.cancel();
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class,
            () -> {
              boolean more = cursor.next();
              while (more) {
                more = cursor.next();
              }
            });
    assertThat(error.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void closedSessionLeavesNoFiles() {
    remember(LITTLE);
    StatementResult.Rows result =
        (StatementResult.Rows) session.execute("SELECT * FROM t ORDER BY s");
    result.rows().next();
    session.close();
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void fullDiskEndsTheQueryAlone() {
    remember(LITTLE);
    disk.faults().capacityBytes(64 << 10);
    DistDbException error =
        catchThrowableOfType(DistDbException.class, () -> rows("SELECT * FROM t ORDER BY s"));
    assertThat(error.sqlState()).isEqualTo("53100");
    assertThat(disk.list("")).isEmpty();
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("[20000]");
    disk.faults().heal();
    assertThat(rows("SELECT * FROM t ORDER BY s")).hasSize(20_000);
  }

  @Test
  void damagedFileEndsTheQueryWithoutAWrongRow() {
    remember(LITTLE);
    disk.faults().bitFlipOnRead(1);
    DistDbException error =
        catchThrowableOfType(DistDbException.class, () -> rows("SELECT * FROM t ORDER BY s"));
    assertThat(error.sqlState()).isEqualTo("XX001");
    disk.faults().heal();
    assertThat(rows("SELECT * FROM t ORDER BY s")).hasSize(20_000);
  }

  @Test
  void limitOfTheFilesEndsTheQueryAlone() {
    SpillSpace small = SpillSpace.open(disk, 32 << 10);
    session = newSession(small);
    remember(LITTLE);
    String sql = "SELECT x, repeat('x', 20) FROM generate_series(1, 50000) AS g(x) ORDER BY x DESC";
    DistDbException error = catchThrowableOfType(DistDbException.class, () -> rows(sql));
    assertThat(error.sqlState()).isEqualTo("53400");
    assertThat(error).hasMessage("temporary file size exceeds temp_file_limit (32kB)");
    assertThat(disk.list("")).isEmpty();
    remember("1GB");
    assertThat(rows(sql)).hasSize(50_000);
  }
}
