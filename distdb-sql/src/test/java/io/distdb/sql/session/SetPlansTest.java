// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans of set operations, WITH, windows, grouping sets and locks, as EXPLAIN shows them. */
class SetPlansTest {
  private Session session;

  @BeforeEach
  void open() {
    session =
        Database.open(
                new FakeTransactionManager(),
                Scheduler.threads(),
                Clock.system(),
                DatabaseOptions.DEFAULT)
            .newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, g text, n integer)");
  }

  /** Without costs, and why a path was chosen. */
  private String plan(String sql) {
    List<String> lines = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute("EXPLAIN " + sql);
    try (ResultRows rows = result.rows()) {
      while (rows.next()) {
        String line = ((Value.TextValue) rows.get(0)).value();
        if (!line.strip().startsWith("Why:")) {
          lines.add(line.replaceAll(" +\\(cost=.*", ""));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void recursionReadsItsWorkingTable() {
    assertThat(
            plan(
                "WITH RECURSIVE c(k) AS (SELECT 1 UNION SELECT k + 1 FROM c WHERE k < 10)"
                    + " SELECT k FROM c"))
        .isEqualTo(
            """
            CTE Scan on c
              CTE c
                ->  Recursive Union
                      ->  Project
                            ->  Result
                      ->  Project
                            ->  Filter
                                  Filter: (k < 10)
                                  ->  WorkTable Scan on c
            """);
  }

  @Test
  void filterReachesTheIndexThroughInlinedTableAndUnion() {
    assertThat(plan("WITH x AS (SELECT id, n FROM t) SELECT n FROM x WHERE id = 1"))
        .contains("Index Scan using t_pkey on t")
        .doesNotContain("CTE");
    assertThat(plan("WITH x AS MATERIALIZED (SELECT id FROM t) SELECT * FROM x WHERE id = 1"))
        .contains("CTE Scan on x")
        .contains("Seq Scan on t");
    assertThat(plan("SELECT * FROM (SELECT id FROM t UNION ALL SELECT n FROM t) u WHERE id = 3"))
        .isEqualTo(
            """
            Append
              ->  Project
                    ->  Index Scan using t_pkey on t
                          Index Cond: (id = 3)
              ->  Project
                    ->  Seq Scan on t
                          Filter: (n = 3)
            """);
  }

  @Test
  void windowReadsSortedRows() {
    assertThat(plan("SELECT g, rank() OVER (PARTITION BY g ORDER BY n) FROM t"))
        .isEqualTo(
            """
            Project
              ->  WindowAgg
                    ->  Sort
                          Sort Key: g, n
                          ->  Seq Scan on t
            """);
    assertThat(plan("SELECT row_number() OVER (ORDER BY id) FROM t"))
        .contains("Index Scan using t_pkey on t")
        .doesNotContain("Sort");
  }

  @Test
  void setOperationsAndGroupingSetsHash() {
    assertThat(plan("SELECT g FROM t INTERSECT SELECT g FROM t WHERE n > 1"))
        .startsWith("HashSetOp Intersect\n");
    assertThat(plan("SELECT g, count(*) FROM t GROUP BY ROLLUP (g)"))
        .isEqualTo(
            """
            MixedAggregate
              Hash Key: g
              Group Key: ()
              ->  Seq Scan on t
            """);
    assertThat(plan("SELECT DISTINCT ON (g) g, n FROM t ORDER BY g, n"))
        .startsWith("Unique\n  Unique Key: g\n  ->  Sort\n");
    assertThat(plan("SELECT * FROM generate_series(1, 3)"))
        .isEqualTo("Function Scan on generate_series\n");
  }

  @Test
  void rowsAreLockedAboveTheSortAndBelowTheLimit() {
    assertThat(plan("SELECT * FROM t ORDER BY n LIMIT 1 FOR UPDATE SKIP LOCKED"))
        .isEqualTo(
            """
            Limit
              ->  LockRows
                    ->  Sort
                          Sort Key: n
                          ->  Seq Scan on t
            """);
  }
}
