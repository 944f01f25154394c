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
