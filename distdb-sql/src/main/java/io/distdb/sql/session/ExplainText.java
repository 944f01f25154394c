// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.ast.ExplainOptions;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.NodeObserver;
import io.distdb.sql.execute.PlanCompiler;
import io.distdb.sql.execute.ReturnedRows;
import io.distdb.sql.execute.RowSource;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.optimize.rule.Rule;
import io.distdb.sql.plan.NodeRun;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PlanJson;
import io.distdb.sql.plan.PlanText;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** EXPLAIN, and EXPLAIN ANALYZE, which runs the statement. */
final class ExplainText {
  private static final double NANOS_PER_MILLI = 1e6;

  private final BoundStatement.Explain explain;
  private final ExplainOptions options;
  private final TableRules.Book rules;
  private final Transaction transaction;
  private final Clock clock;
  private final List<Rule> rewriting;

  /** What a node did. */
  private static final class Measured {
    private long loops;
    private long rows;
    private long startupNanos;
    private long nanos;

    private void add(boolean first, int batchRows, long batchNanos) {
      if (first) {
        loops++;
        startupNanos += batchNanos;
      }
      rows += batchRows;
      nanos += batchNanos;
    }

    private NodeRun run() {
      return new NodeRun(loops, rows, startupNanos / NANOS_PER_MILLI, nanos / NANOS_PER_MILLI);
    }
  }

  ExplainText(
      BoundStatement.Explain explain,
      TableRules.Book rules,
      Transaction transaction,
      Database database) {
    this.explain = explain;
    options = explain.options();
    this.rules = rules;
    this.transaction = transaction;
    clock = database.clock();
    rewriting = database.options().rules();
  }

  /**
   * The rows to answer with.
   *
   * @param execution asked for by ANALYZE only
   */
  List<String> lines(Supplier<Execution> execution) {
    long start = clock.nanoTime();
    StatementPlan plan = StatementPlanner.optimize(explain.statement(), transaction, rewriting);
    double planning = millisSince(start);
    Map<PhysicalPlan, Measured> measured = new IdentityHashMap<>();
    OptionalDouble running =
        options.analyze()
            ? OptionalDouble.of(analyze(plan, measured, execution))
            : OptionalDouble.empty();
    Function<PhysicalPlan, Optional<NodeRun>> runs =
        node -> Optional.ofNullable(measured.get(node)).map(Measured::run);
    OptionalDouble told = options.summary() ? OptionalDouble.of(planning) : OptionalDouble.empty();
    OptionalDouble toldRunning = options.summary() ? running : OptionalDouble.empty();
    return switch (options.format()) {
      case TEXT -> text(plan, runs, told, toldRunning);
      case JSON -> List.of(PlanJson.of(plan, options, runs, told, toldRunning));
    };
  }

  private List<String> text(
      StatementPlan plan,
      Function<PhysicalPlan, Optional<NodeRun>> runs,
      OptionalDouble planning,
      OptionalDouble running) {
    Function<PhysicalPlan, String> actual =
        node -> runs.apply(node).map(run -> run.text(options.timing())).orElse("");
    List<String> lines = new ArrayList<>(PlanText.of(plan, options.costs(), actual));
    planning.ifPresent(millis -> lines.add(time("Planning Time", millis)));
    running.ifPresent(millis -> lines.add(time("Execution Time", millis)));
    return lines;
  }

  private static String time(String what, double millis) {
    return String.format(Locale.ROOT, "%s: %.3f ms", what, millis);
  }

  /** Runs the plan; how long that took, in milliseconds. */
  private double analyze(
      StatementPlan plan, Map<PhysicalPlan, Measured> measured, Supplier<Execution> execution) {
    NodeObserver observer =
        (node, first, rows, nanos) ->
            measured.computeIfAbsent(node, key -> new Measured()).add(first, rows, nanos);
    Executable executable = PlanCompiler.compileObserved(plan, observer, clock, rules);
    long start = clock.nanoTime();
    executable.lockTables(transaction, transaction.schemaVersion());
    run(executable, execution.get());
    return millisSince(start);
  }

  private double millisSince(long start) {
    return (clock.nanoTime() - start) / NANOS_PER_MILLI;
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
}
