// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.SynchronousCommit;
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
import io.distdb.sql.optimize.PlannerOptions;
import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.NodeRun;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PlanJson;
import io.distdb.sql.plan.PlanSummary;
import io.distdb.sql.plan.PlanText;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** EXPLAIN, and EXPLAIN ANALYZE, which runs the statement. */
final class ExplainText {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MICROS_PER_MILLI = 1_000;

  private final BoundStatement.Explain explain;
  private final ExplainOptions options;
  private final TableRules.Book rules;
  private final Transaction transaction;
  private final Clock clock;
  private final PlannerOptions planning;
  private final LocalSession session;

  /** What a node did. */
  private static final class Measured {
    private long loops;
    private long rows;
    private long startupNanos;
    private long nanos;
    private Optional<NodeNote> note = Optional.empty();

    private void add(boolean first, int batchRows, long batchNanos) {
      if (first) {
        loops++;
        startupNanos += batchNanos;
      }
      rows += batchRows;
      nanos += batchNanos;
    }

    private NodeRun run() {
      return new NodeRun(
          loops, rows, startupNanos / NANOS_PER_MILLI, nanos / NANOS_PER_MILLI, note);
    }
  }

  private record Measurements(Map<PhysicalPlan, Measured> nodes) implements NodeObserver {
    @Override
    public void asked(PhysicalPlan node, boolean first, int rows, long nanos) {
      nodes.computeIfAbsent(node, key -> new Measured()).add(first, rows, nanos);
    }

    @Override
    public void told(PhysicalPlan node, NodeNote note) {
      nodes.get(node).note = Optional.of(note);
    }
  }

  ExplainText(
      BoundStatement.Explain explain,
      TableRules.Book rules,
      Transaction transaction,
      LocalSession session) {
    this.explain = explain;
    options = explain.options();
    this.rules = rules;
    this.transaction = transaction;
    this.session = session;
    clock = session.database().clock();
    planning = session.database().options().planning();
  }

  /**
   * The rows to answer with.
   *
   * @param execution asked for by ANALYZE only
   */
  List<String> lines(Supplier<Execution> execution) {
    long start = clock.nanoTime();
    StatementPlan plan = StatementPlanner.optimize(explain.statement(), transaction, planning);
    double planning = millisSince(start);
    Map<PhysicalPlan, Measured> measured = new IdentityHashMap<>();
    PlanSummary summary =
        options.analyze()
            ? analyze(plan, planning, measured, execution.get())
            : new PlanSummary(
                OptionalDouble.of(planning),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                List.of());
    Function<PhysicalPlan, Optional<NodeRun>> runs =
        node -> Optional.ofNullable(measured.get(node)).map(Measured::run);
    PlanSummary told = options.summary() ? summary : PlanSummary.NONE;
    return switch (options.format()) {
      case TEXT -> text(plan, runs, told);
      case JSON -> List.of(PlanJson.of(plan, options, runs, told));
    };
  }

  private List<String> text(
      StatementPlan plan, Function<PhysicalPlan, Optional<NodeRun>> runs, PlanSummary summary) {
    Function<PhysicalPlan, String> actual =
        node -> runs.apply(node).map(run -> run.text(options.timing())).orElse("");
    Function<PhysicalPlan, Optional<NodeNote>> notes =
        node -> runs.apply(node).flatMap(NodeRun::note);
    List<String> lines = new ArrayList<>(PlanText.of(plan, options.costs(), actual, notes));
    lines.addAll(summary.lines());
    return lines;
  }

  /** Runs the plan. */
  private PlanSummary analyze(
      StatementPlan plan,
      double planning,
      Map<PhysicalPlan, Measured> measured,
      Execution execution) {
    Executable executable =
        PlanCompiler.compileObserved(plan, new Measurements(measured), clock, rules);
    long start = clock.nanoTime();
    executable.lockTables(transaction, transaction.schemaVersion());
    run(executable, execution);
    return new PlanSummary(
        OptionalDouble.of(planning),
        OptionalDouble.of(millisSince(start)),
        OptionalLong.of(execution.memory().peakBytes()),
        notes(executable));
  }

  /** What the session's settings make of a transaction that is not so by default. */
  private List<PlanSummary.Note> notes(Executable executable) {
    List<PlanSummary.Note> notes = new ArrayList<>(0);
    if (session.control().readMode() == ReadMode.BOUNDED_STALENESS && transaction.readOnly()) {
      long micros =
          Math.max(
              0, session.database().transactions().timestamps().now() - transaction.snapshot());
      notes.add(
          new PlanSummary.Note(
              "Read Mode",
              "bounded staleness, at most " + Math.ceilDiv(micros, MICROS_PER_MILLI) + " ms old"));
    }
    if (executable instanceof Executable.Change
        && session.settings().values().synchronousCommit() == SynchronousCommit.LOCAL) {
      notes.add(new PlanSummary.Note("Synchronous Commit", "local (a failover can lose it)"));
    }
    return notes;
  }

  private double millisSince(long start) {
    return (clock.nanoTime() - start) / NANOS_PER_MILLI;
  }

  private static void run(Executable executable, Execution execution) {
    switch (executable) {
      case Executable.Change change -> {
        ReturnedRows returned = new ReturnedRows();
        try {
          change.run(execution, returned);
        } finally {
          returned.close();
        }
      }
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
