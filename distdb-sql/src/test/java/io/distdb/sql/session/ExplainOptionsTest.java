// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of EXPLAIN make it tell, and the form of its JSON. */
class ExplainOptionsTest {
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
    session.execute("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', 30)");
  }

  private List<String> rows(String sql) {
    List<String> lines = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    try (ResultRows rows = result.rows()) {
      while (rows.next()) {
        lines.add(((Value.TextValue) rows.get(0)).value());
      }
    }
    return lines;
  }

  /** The only row, with times as 0 and without why a path was chosen. */
  private String json(String sql) {
    List<String> rows = rows(sql);
    assertThat(rows).hasSize(1);
    return rows.get(0)
            .replaceAll("( Time\": )[0-9.]+", "$10.0")
            .replaceAll(",\n *\"Why\": \"[^\"]*\"", "")
        + "\n";
  }

  @Test
  void costsOffLeavesEstimatesOut() {
    assertThat(rows("EXPLAIN (COSTS off) SELECT * FROM t WHERE id = 1").get(0))
        .isEqualTo("Index Scan using t_pkey on t");
    assertThat(rows("EXPLAIN (COSTS) SELECT * FROM t WHERE id = 1").get(0))
        .startsWith("Index Scan using t_pkey on t  (cost=");
    assertThat(rows("EXPLAIN (COSTS false) DELETE FROM t").get(0)).isEqualTo("Delete on t");
  }

  @Test
  void analyzeTellsRowsAndLoopsAndTimes() {
    assertThat(rows("EXPLAIN (ANALYZE, COSTS 0, TIMING off, SUMMARY off) SELECT * FROM t"))
        .first()
        .isEqualTo("Seq Scan on t (actual rows=3 loops=1)");
    List<String> all = rows("EXPLAIN (ANALYZE) SELECT * FROM t");
    assertThat(all.get(0))
        .matches(
            "Seq Scan on t  \\(cost=.* rows=\\d+\\)"
                + " \\(actual time=\\d+\\.\\d{3}\\.\\.\\d+\\.\\d{3} rows=3 loops=1\\)");
    assertThat(all.get(all.size() - 3)).matches("Planning Time: \\d+\\.\\d{3} ms");
    assertThat(all.get(all.size() - 1)).matches("Execution Time: \\d+\\.\\d{3} ms");
    assertThat(rows("EXPLAIN (SUMMARY) SELECT * FROM t"))
        .last()
        .asString()
        .startsWith("Planning Time: ");
  }

  @Test
  void analyzeTellsHowOldWhatIsReadMayBe() {
    session.execute("SET transaction_read_mode = 'bounded_staleness'");
    assertThat(rows("EXPLAIN (ANALYZE) SELECT * FROM t"))
        .anySatisfy(
            line -> assertThat(line).matches("Read Mode: bounded staleness, at most \\d+ ms old"));
    assertThat(rows("EXPLAIN (ANALYZE) SELECT * FROM t FOR UPDATE")).noneMatch(this::tellsMode);
    session.execute("BEGIN READ WRITE");
    assertThat(rows("EXPLAIN (ANALYZE) SELECT * FROM t")).noneMatch(this::tellsMode);
    session.execute("COMMIT");
    session.execute("BEGIN");
    assertThat(json("EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM t"))
        .contains("\"Read Mode\": \"bounded staleness, at most ");
    session.execute("COMMIT");
    session.execute("RESET transaction_read_mode");
    assertThat(rows("EXPLAIN (ANALYZE) SELECT * FROM t")).noneMatch(this::tellsMode);
  }

  private boolean tellsMode(String line) {
    return line.startsWith("Read Mode") || line.startsWith("Synchronous Commit");
  }

  @Test
  void analyzeTellsWhatAFailoverCanLose() {
    session.execute("SET synchronous_commit = local");
    assertThat(rows("EXPLAIN (ANALYZE) UPDATE t SET n = 1"))
        .contains("Synchronous Commit: local (a failover can lose it)");
    assertThat(rows("EXPLAIN (ANALYZE) SELECT * FROM t")).noneMatch(this::tellsMode);
    session.execute("SET synchronous_commit = remote_write");
    assertThat(rows("EXPLAIN (ANALYZE) UPDATE t SET n = 1")).noneMatch(this::tellsMode);
  }

  @Test
  void analyzeTellsThePeakOfMemory() {
    String sorted = "SELECT x FROM generate_series(1, 50000) AS g(x) ORDER BY x DESC";
    List<String> all = rows("EXPLAIN (ANALYZE) " + sorted);
    String peak = all.get(all.size() - 2);
    assertThat(peak).matches("Peak Memory Usage: \\d+kB");
    assertThat(Integer.parseInt(peak.replaceAll("\\D", ""))).isBetween(400, 4_000);
    assertThat(rows("EXPLAIN (ANALYZE) SELECT 1")).contains("Peak Memory Usage: 0kB");
    assertThat(rows("EXPLAIN (SUMMARY) " + sorted)).noneMatch(line -> line.contains("Memory"));
  }

  @Test
  void rowsOfWhatRunsOftenAreThoseOfOneRun() {
    assertThat(
            rows(
                "EXPLAIN (ANALYZE, COSTS off, TIMING off) SELECT * FROM t,"
                    + " LATERAL (SELECT t.n + x FROM generate_series(1, 5) g(x) LIMIT 2) s"))
        .anyMatch(line -> line.strip().startsWith("->  Limit (actual rows=2 loops=3)"));
  }

  @Test
  void lastOfEqualOptionsCounts() {
    assertThat(
            rows("EXPLAIN (ANALYZE, ANALYZE off, FORMAT json, FORMAT TEXT) DELETE FROM t").get(0))
        .startsWith("Delete on t  (cost=");
    assertThat(rows("SELECT count(*)::text FROM t")).containsExactly("3");
  }

  @Test
  void jsonHasNodesAndTheirProperties() {
    assertThat(json("EXPLAIN (FORMAT JSON, COSTS off) SELECT g FROM t WHERE n > 1 ORDER BY n DESC"))
        .isEqualTo(
            """
            [
              {
                "Plan": {
                  "Node Type": "Project",
                  "Plans": [
                    {
                      "Node Type": "Sort",
                      "Parent Relationship": "Outer",
                      "Sort Key": ["n DESC"],
                      "Plans": [
                        {
                          "Node Type": "Project",
                          "Parent Relationship": "Outer",
                          "Plans": [
                            {
                              "Node Type": "Seq Scan",
                              "Parent Relationship": "Outer",
                              "Relation Name": "t",
                              "Alias": "t",
                              "Filter": "(n > 1)"
                            }
                          ]
                        }
                      ]
                    }
                  ]
                }
              }
            ]
            """);
  }

  @Test
  void jsonTellsWhatNodesDid() {
    assertThat(json("EXPLAIN (ANALYZE, COSTS off, FORMAT json) SELECT * FROM t WHERE id = 2"))
        .isEqualTo(
            """
            [
              {
                "Plan": {
                  "Node Type": "Index Scan",
                  "Scan Direction": "Forward",
                  "Index Name": "t_pkey",
                  "Relation Name": "t",
                  "Alias": "t",
                  "Actual Startup Time": 0.0,
                  "Actual Total Time": 0.0,
                  "Actual Rows": 1,
                  "Actual Loops": 1,
                  "Index Cond": "(id = 2)"
                },
                "Planning Time": 0.0,
                "Peak Memory Usage": 0,
                "Execution Time": 0.0
              }
            ]
            """);
  }

  @Test
  void jsonHasEstimates() {
    assertThat(json("EXPLAIN (FORMAT json) SELECT * FROM t"))
        .containsPattern("\"Total Cost\": \\d+\\.\\d\\d,\n +\"Plan Rows\": \\d+\n");
  }

  @Test
  void jsonQuotesWhatTextsHave() {
    assertThat(json("EXPLAIN (FORMAT json) SELECT * FROM t WHERE g = E'\"a\\\\\\n\\x01'"))
        .contains("\"Filter\": \"(g = '\\\"a\\\\\\n\\u0001')\"");
  }

  @Test
  void jsonHasChangesSubplansAndTables() {
    assertThat(json("EXPLAIN (FORMAT json) UPDATE t SET n = (SELECT max(n) FROM t)"))
        .contains("\"Node Type\": \"ModifyTable\",\n      \"Operation\": \"Update\"")
        .contains("\"Parent Relationship\": \"InitPlan\",")
        .contains("\"Subplan Name\": \"InitPlan 1\",");
    assertThat(
            json(
                "EXPLAIN (FORMAT json) WITH x AS MATERIALIZED (SELECT g FROM t)"
                    + " SELECT g, count(*) FROM x GROUP BY ROLLUP (g)"))
        .contains("\"Subplan Name\": \"CTE x\"")
        .contains("\"CTE Name\": \"x\"")
        .contains("\"Hash Keys\": [\"g\"]")
        .contains("\"Group Keys\": [\"()\"]");
    assertThat(
            json(
                "EXPLAIN (FORMAT json) SELECT * FROM t a LEFT JOIN t b ON a.g = b.g"
                    + " UNION ALL SELECT * FROM t, t c"))
        .contains("\"Join Type\": \"Left\"")
        .contains("\"Join Type\": \"Inner\"")
        .contains("\"Parent Relationship\": \"Member\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(VERBOSE)",
        "VERBOSE",
        "(BUFFERS on)",
        "(WAL)",
        "(SETTINGS)",
        "(GENERIC_PLAN)",
        "(MEMORY)",
        "(SERIALIZE text)",
        "(FORMAT yaml)",
        "(FORMAT XML)",
        "(ANALYZE, FORMAT 'xml')"
      })
  void whatIsNotSupportedIsRefusedByName(String options) {
    assertThat(refusal("EXPLAIN " + options + " SELECT 1").sqlState()).isEqualTo("0A000");
  }

  @ParameterizedTest
  @CsvSource({
    "(VERBOSE off),",
    "'(BUFFERS 0, WAL false, SETTINGS off, SERIALIZE none)',",
    "(NONSENSE),42601: unrecognized EXPLAIN option \"nonsense\"",
    "(COSTS maybe),42601: costs requires a Boolean value",
    "(FORMAT),42601: format requires a parameter",
    "(FORMAT toml),'22023: unrecognized value for EXPLAIN option \"format\": \"toml\"'",
    "(TIMING),22023: EXPLAIN option TIMING requires ANALYZE",
  })
  void optionsAreChecked(String options, String expected) {
    String sql = "EXPLAIN " + options + " SELECT 1";
    if (expected == null) {
      assertThat(rows(sql)).isNotEmpty();
    } else {
      DistDbException refusal = refusal(sql);
      assertThat(refusal.sqlState() + ": " + refusal.getMessage()).isEqualTo(expected);
    }
  }

  private DistDbException refusal(String sql) {
    return catchThrowableOfType(DistDbException.class, () -> rows(sql));
  }
}
