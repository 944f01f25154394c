// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogReader;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.StatisticsRows;
import io.distdb.sql.catalog.StatisticsStore;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ANALYZE, what it keeps, and what the planner makes of it. */
class AnalyzeTest {
  private static final Pattern ROWS =
      Pattern.compile("\\(cost=\\S+ rows=(\\d+)\\) \\(actual rows=(\\d+)");

  private final FakeTransactionManager manager = new FakeTransactionManager();
  private Session session;

  @BeforeEach
  void open() {
    session =
        Database.open(manager, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT)
            .newSession();
  }

  /**
   * 2,000 rows: {@code kind} is 'usual' in nine of ten, else one of 100 others; a third is NULL.
   */
  private void skewed() {
    session.execute(
        "CREATE TABLE t (id integer PRIMARY KEY, kind text, n integer, later date, flag boolean)");
    session.execute(
        "INSERT INTO t SELECT i, CASE WHEN i % 10 > 0 THEN 'usual' ELSE 'rare' || i / 10 % 100 END,"
            + " CASE WHEN i % 3 = 0 THEN NULL ELSE i END, DATE '2020-01-01' + i / 10, i % 8 = 0"
            + " FROM generate_series(1, 2000) AS s(i)");
  }

  private Optional<ColumnStatistics> statistics(String table, String column) {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      Table found = CatalogReader.read(transaction).table(table).orElseThrow();
      return new StatisticsStore(transaction).read(found, found.ordinalOf(column));
    }
  }

  private String notice(String sql) {
    return ((StatementResult.Command) session.execute(sql))
        .notices().stream().map(Notice::message).collect(Collectors.joining("\n"));
  }

  private List<String> lines(String sql) {
    List<String> lines = new ArrayList<>();
    StatementResult.Rows result = (StatementResult.Rows) session.execute(sql);
    try (ResultRows rows = result.rows()) {
      while (rows.next()) {
        lines.add(((Value.TextValue) rows.get(0)).value());
      }
    }
    return lines;
  }

  /** Every node's estimate is within {@code factor} of what came out. */
  private void isNear(String sql, double factor) {
    boolean some = false;
    for (String line : lines("EXPLAIN (ANALYZE, TIMING OFF) " + sql)) {
      Matcher matcher = ROWS.matcher(line);
      if (matcher.find()) {
        double estimate = Double.parseDouble(matcher.group(1));
        double actual = Math.max(1, Double.parseDouble(matcher.group(2)));
        assertThat(Math.max(estimate / actual, actual / estimate))
            .as(sql + ": " + line)
            .isLessThanOrEqualTo(factor);
        some = true;
      }
    }
    assertThat(some).isTrue();
  }

  private DistDbException refused(String sql) {
    List<DistDbException> errors = new ArrayList<>();
    assertThatThrownBy(() -> session.execute(sql))
        .isInstanceOfSatisfying(DistDbException.class, errors::add);
    return errors.getFirst();
  }

  // --- what is kept ---

  @Test
  void wholeTableIsKnownExactly() {
    skewed();
    session.execute("ANALYZE t");
    ColumnStatistics kind = statistics("t", "kind").orElseThrow();
    assertThat(kind.distinctOf(2000)).isEqualTo(101);
    assertThat(kind.common().getFirst()).isEqualTo(Value.of("usual"));
    assertThat(kind.frequencies().getFirst()).isEqualTo(0.9);
    ColumnStatistics n = statistics("t", "n").orElseThrow();
    assertThat(n.nullFraction()).isEqualTo(666 / 2000.0);
    assertThat(n.distinct()).isEqualTo(-1);
    assertThat(n.common()).isEmpty();
    assertThat(n.histogram()).hasSize(101);
    assertThat(n.histogram().getFirst()).isEqualTo(Value.of(1));
    assertThat(n.histogram().getLast()).isEqualTo(Value.of(2000));
    assertThat(n.averageWidth()).isEqualTo(4);
  }

  @Test
  void onlyNamedColumnsAreAnalyzed() {
    skewed();
    session.execute("ANALYZE t (n, flag)");
    assertThat(statistics("t", "n")).isPresent();
    assertThat(statistics("t", "flag")).isPresent();
    assertThat(statistics("t", "kind")).isEmpty();
  }

  @Test
  void everyTableIsAnalyzedWithoutAName() {
    skewed();
    session.execute("CREATE TABLE u (a integer)");
    session.execute("INSERT INTO u VALUES (1), (1), (2)");
    assertThat(notice("ANALYZE VERBOSE"))
        .isEqualTo(
            "\"t\": scanned 2000 live rows; 2000 rows in sample\n"
                + "\"u\": scanned 3 live rows; 3 rows in sample");
    assertThat(statistics("u", "a").orElseThrow().common())
        .containsExactly(Value.of(1), Value.of(2));
  }

  @Test
  void statisticsGoWithColumnTableAndType() {
    skewed();
    session.execute("ANALYZE t");
    ColumnStatistics later = statistics("t", "later").orElseThrow();
    session.execute("ALTER TABLE t DROP COLUMN kind");
    assertThat(statistics("t", "later")).contains(later);
    session.execute("ALTER TABLE t RENAME COLUMN later TO sooner");
    assertThat(statistics("t", "sooner")).contains(later);
    session.execute("ALTER TABLE t ALTER COLUMN n TYPE bigint");
    assertThat(statistics("t", "n")).isEmpty();
    assertThat(statistics("t", "sooner")).contains(later);
    session.execute("ALTER TABLE t ADD COLUMN more text DEFAULT 'x'");
    assertThat(statistics("t", "more")).isEmpty();
    assertThat(statistics("t", "flag")).isPresent();
    session.execute("DROP TABLE t");
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      assertThat(StatisticsRows.count(transaction)).isZero();
    }
  }

  @Test
  void rolledBackStatisticsAreNotThere() {
    skewed();
    session.execute("BEGIN");
    session.execute("ANALYZE t");
    session.execute("ROLLBACK");
    assertThat(statistics("t", "kind")).isEmpty();
  }

  // --- what is refused ---

  @Test
  void whatCannotBeAnalyzedIsNamed() {
    skewed();
    session.execute("CREATE VIEW v AS SELECT id FROM t");
    assertThat(refused("ANALYZE nothing").code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    assertThat(refused("ANALYZE t (x)"))
        .hasMessageContaining("column \"x\" of relation \"t\" does not exist");
    assertThat(refused("ANALYZE t (n, n)").code()).isEqualTo(ErrorCode.DUPLICATE_COLUMN);
    assertThat(refused("ANALYZE (SKIP_LOCKED) t").code())
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    assertThat(refused("ANALYZE (quickly) t"))
        .hasMessageContaining("unrecognized ANALYZE option \"quickly\"");
    assertThat(notice("ANALYZE v"))
        .isEqualTo("skipping \"v\" --- cannot analyze non-tables or special system tables");
  }

  // --- what the planner makes of it ---

  @Test
  void skewedEqualityIsNear() {
    skewed();
    session.execute("ANALYZE");
    isNear("SELECT * FROM t WHERE kind = 'usual'", 1.05);
    isNear("SELECT * FROM t WHERE kind = 'rare7'", 1.05);
    isNear("SELECT * FROM t WHERE kind <> 'usual'", 1.05);
    isNear("SELECT * FROM t WHERE kind IN ('usual', 'rare7')", 1.05);
    isNear("SELECT * FROM t WHERE kind = 'usual' OR kind = 'rare7'", 1.1);
    isNear("SELECT * FROM t WHERE flag", 1.05);
    isNear("SELECT * FROM t WHERE NOT flag", 1.05);
  }

  @Test
  void rangesAreNear() {
    skewed();
    session.execute("ANALYZE");
    isNear("SELECT * FROM t WHERE n < 100", 1.1);
    isNear("SELECT * FROM t WHERE n BETWEEN 500 AND 600", 1.2);
    isNear("SELECT * FROM t WHERE n IS NULL", 1.05);
    isNear("SELECT * FROM t WHERE n IS NOT NULL", 1.05);
    isNear("SELECT * FROM t WHERE later >= DATE '2020-06-01'", 1.1);
    isNear("SELECT * FROM t WHERE 1900 < n", 1.2);
  }

  @Test
  void patternsAndFunctionsAreNear() {
    skewed();
    session.execute("ANALYZE");
    isNear("SELECT * FROM t WHERE kind LIKE 'rare1%'", 1.5);
    isNear("SELECT * FROM t WHERE kind LIKE '%sua%'", 1.05);
    isNear("SELECT * FROM t WHERE upper(kind) = 'USUAL'", 1.05);
    isNear("SELECT * FROM t WHERE n % 2 = 0", 1.6);
  }

  @Test
  void groupsAreNear() {
    skewed();
    session.execute("ANALYZE");
    isNear("SELECT kind, count(*) FROM t GROUP BY kind", 1.05);
    isNear("SELECT DISTINCT later FROM t", 1.05);
    isNear("SELECT later, flag, count(*) FROM t GROUP BY later, flag", 1.2);
    isNear("SELECT kind, count(*) FROM t WHERE n < 300 GROUP BY kind", 5);
  }

  @Test
  void joinsAreNear() {
    skewed();
    session.execute("CREATE TABLE k (kind text PRIMARY KEY, name text)");
    session.execute(
        "INSERT INTO k SELECT 'rare' || i, 'name' || i % 7 FROM generate_series(0, 99) AS s(i)");
    session.execute("INSERT INTO k VALUES ('usual', 'nothing')");
    session.execute("ANALYZE");
    isNear("SELECT * FROM t JOIN k ON t.kind = k.kind", 1.05);
    isNear("SELECT * FROM t a JOIN t b ON a.kind = b.kind WHERE a.n < 50", 1.7);
    isNear("SELECT * FROM t JOIN k ON t.kind = k.kind WHERE t.n BETWEEN 100 AND 200", 1.3);
  }

  @Test
  void analyzeMakesEveryPlanStaleAndAnother() {
    session.execute("CREATE TABLE a (id integer PRIMARY KEY, g integer, v text)");
    session.execute("CREATE INDEX a_g ON a (g)");
    session.execute("INSERT INTO a SELECT i, 1 FROM generate_series(1, 3000) AS s(i)");
    long version = schemaVersion();
    assertThat(lines("EXPLAIN SELECT * FROM a WHERE g = 1").getFirst()).startsWith("Index Scan");
    session.execute("ANALYZE a");
    assertThat(schemaVersion()).isGreaterThan(version);
    assertThat(lines("EXPLAIN SELECT * FROM a WHERE g = 1").getFirst()).startsWith("Seq Scan");
  }

  private long schemaVersion() {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      return transaction.schemaVersion();
    }
  }
}
