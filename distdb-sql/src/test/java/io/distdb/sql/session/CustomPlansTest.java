// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.Value;
import io.distdb.sql.analyze.Analyzed;
import io.distdb.sql.analyze.Analyzer;
import io.distdb.sql.catalog.CatalogReader;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.optimize.PlannerOptions;
import io.distdb.sql.parse.SqlParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a statement with parameters is planned for their values. */
class CustomPlansTest {
  private final FakeTransactionManager manager = new FakeTransactionManager();
  private final Session session =
      Database.open(manager, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT)
          .newSession();

  private PlanBasis basis(String sql, Value... values) {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      CatalogView view = CatalogReader.read(transaction);
      Analyzed analyzed = Analyzer.analyze(SqlParser.parse(sql), view, List.of());
      Optional<Value[]> known = values.length == 0 ? Optional.empty() : Optional.of(values);
      return StatementPlanner.plan(analyzed, view, transaction, PlannerOptions.DEFAULT, known)
          .basis();
    }
  }

  private void skewed() {
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, g integer, v text)");
    session.execute("CREATE INDEX t_g ON t (g)");
    session.execute(
        "INSERT INTO t SELECT i, CASE WHEN i % 10 > 0 THEN 0 ELSE i END, 'v'"
            + " FROM generate_series(1, 5000) AS s(i)");
    session.execute("ANALYZE t");
  }

  @Test
  void planIsForTheValueThatIsGiven() {
    skewed();
    String sql = "SELECT v FROM t WHERE g = $1";
    PlanBasis usual = basis(sql, Value.of(0));
    PlanBasis rare = basis(sql, Value.of(10));
    assertThat(usual.ofValues()).isTrue();
    assertThat(rare.ofValues()).isTrue();
    assertThat(usual.cost()).isGreaterThan(100 * rare.cost());
    assertThat(basis(sql).ofValues()).isFalse();
  }

  @Test
  void pointStatementsHaveOnePlanForAll() {
    skewed();
    assertThat(basis("SELECT v FROM t WHERE id = $1", Value.of(7)).ofValues()).isFalse();
    assertThat(basis("UPDATE t SET v = $2 WHERE id = $1", Value.of(7), Value.of("x")).ofValues())
        .isFalse();
    assertThat(
            basis("INSERT INTO t VALUES ($1, $2, $3)", Value.of(7), Value.of(1), Value.of("x"))
                .ofValues())
        .isFalse();
  }

  @Test
  void withoutStatisticsNoValueMatters() {
    session.execute("CREATE TABLE u (id integer PRIMARY KEY, g integer)");
    assertThat(
            basis("SELECT id FROM u WHERE g > $1 AND g = $2", Value.of(1), Value.of(2)).ofValues())
        .isFalse();
  }

  private static PlanBasis costing(double cost) {
    return new PlanBasis(100, 1, cost, true);
  }

  @Test
  void generalPlanIsKeptAfterFiveRunsWhenItCostsNoMore() {
    CustomPlans plans = new CustomPlans();
    for (int run = 0; run < CustomPlans.TRIED; run++) {
      assertThat(plans.isTried(1, costing(100))).isFalse();
    }
    assertThat(plans.isTried(1, costing(100))).isTrue();
    assertThat(plans.prefers(costing(120))).as("planning costs more than that").isTrue();
  }

  @Test
  void dearGeneralPlanIsRefusedUntilStatisticsChange() {
    CustomPlans plans = new CustomPlans();
    for (int run = 0; run <= CustomPlans.TRIED; run++) {
      plans.isTried(1, costing(100));
    }
    assertThat(plans.prefers(costing(1_000_000))).isFalse();
    assertThat(plans.isTried(1, costing(100))).isFalse();
    for (int run = 0; run < CustomPlans.TRIED; run++) {
      assertThat(plans.isTried(2, costing(100))).isFalse();
    }
    assertThat(plans.isTried(2, costing(100))).isTrue();
  }

  @Test
  void valuesThatChangeFindTheirRows() {
    skewed();
    try (Prepared prepared = session.prepare("SELECT count(*) FROM t WHERE g = $1")) {
      for (int run = 0; run < 12; run++) {
        long expected = run % 2 == 0 ? 4500 : 1;
        Value value = run % 2 == 0 ? Value.of(0) : Value.of(10 * run);
        StatementResult.Rows result = (StatementResult.Rows) prepared.execute(value);
        try (ResultRows rows = result.rows()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.get(0)).isEqualTo(Value.of(expected));
        }
      }
    }
  }
}
