// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.NodeObserver;
import io.distdb.sql.execute.PlanCompiler;
import io.distdb.sql.execute.ReturnedRows;
import io.distdb.sql.execute.RowSource;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.optimize.rule.Rule;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PlanText;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** EXPLAIN, and EXPLAIN ANALYZE, which runs the statement. */
final class ExplainText {
  private static final double NANOS_PER_MILLI = 1e6;

  private final BoundStatement.Explain explain;
  private final TableRules.Book rules;
  private final Transaction transaction;
  private final Clock clock;
  private final List<Rule> rewriting;

  /** What a node did. */
  private static final class Measured {
    private long rows;
    private long nanos;
  }

  ExplainText(
      BoundStatement.Explain explain,
      TableRules.Book rules,
      Transaction transaction,
      Database database) {
    this.explain = explain;
    this.rules = rules;
    this.transaction = transaction;
    clock = database.clock();
    rewriting = database.options().rules();
  }

  /**
   * @param execution asked for by ANALYZE only
   */
  List<String> lines(Supplier<Execution> execution) {
    long start = clock.nanoTime();
    StatementPlan plan = StatementPlanner.optimize(explain.statement(), transaction, rewriting);
    double planning = (clock.nanoTime() - start) / NANOS_PER_MILLI;
    if (!explain.analyze()) {
      return PlanText.of(plan, node -> "");
    }
    Map<PhysicalPlan, Measured> measured = new IdentityHashMap<>();
    NodeObserver observer =
        (node, rows, nanos) -> {
          Measured of = measured.computeIfAbsent(node, key -> new Measured());
          of.rows += rows;
          of.nanos += nanos;
        };
    Executable executable = PlanCompiler.compileObserved(plan, observer, clock, rules);
    long runStart = clock.nanoTime();
    executable.lockTables(transaction, transaction.schemaVersion());
    run(executable, execution.get());
    double running = (clock.nanoTime() - runStart) / NANOS_PER_MILLI;
    List<String> lines = new ArrayList<>(PlanText.of(plan, node -> actual(measured.get(node))));
    lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planning));
    lines.add(String.format(Locale.ROOT, "Execution Time: %.3f ms", running));
    return lines;
  }

  private static void run(Executable executable, Execution execution) {
    switch (executable) {
      case Executable.Change change -> change.run(execution, new ReturnedRows());
      case Executable.Query query -> {
        RowSource rows = query.open(execution);
        try {
          boolean more = rows.next();
          while (more) {
            more = rows.next();
          }
        } finally {
          rows.close();
        }
      }
    }
  }

  private static String actual(Measured measured) {
    return measured == null
        ? ""
        : String.format(
            Locale.ROOT,
            " (actual time=%.3f rows=%d)",
            measured.nanos / NANOS_PER_MILLI,
            measured.rows);
  }
}
