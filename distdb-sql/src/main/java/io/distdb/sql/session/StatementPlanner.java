// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.analyze.Analyzed;
import io.distdb.sql.analyze.RuleBook;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.PlanCompiler;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.Optimizer;
import io.distdb.sql.optimize.PlannerOptions;
import io.distdb.sql.optimize.estimate.KnownValues;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From an AST to something that runs, for one schema version. Stateless. */
final class StatementPlanner {
  /** A plan is made anew when its tables have grown by this factor. */
  private static final long GROWTH = 4;

  private static final long ROWS_MIN = 1_000;

  private StatementPlanner() {}

  /**
   * Plans what is a query or change.
   *
   * @param known values of the parameters, if the plan is for a run with them
   */
  static PreparedPlan plan(
      Analyzed analyzed,
      CatalogView view,
      Transaction transaction,
      PlannerOptions planning,
      Optional<Value[]> known) {
    BoundStatement bound = analyzed.statement();
    Optional<Executable> executable = Optional.empty();
    PlanBasis basis = PlanBasis.NONE;
    if (bound instanceof BoundStatement.Plannable plannable) {
      PlanningStatistics statistics = new PlanningStatistics(transaction);
      KnownValues values = known.map(KnownValues::of).orElseGet(KnownValues::ofLiterals);
      StatementPlan plan = new Optimizer(statistics, planning).plan(plannable, values);
      executable = Optional.of(PlanCompiler.compile(plan, new RuleBook(view)));
      basis =
          new PlanBasis(
              statistics.totalRows(),
              statistics.tables(),
              cost(plan),
              known.isPresent() && values.asked());
    }
    return new PreparedPlan(
        view.schemaVersion(),
        bound,
        analyzed.parameterTypes(),
        columns(bound),
        executable,
        basis,
        new PreparedPlan.UseCount(),
        new Permission(analyzed.demands()));
  }

  /** The plan itself, for EXPLAIN. */
  static StatementPlan optimize(
      BoundStatement.Plannable statement, Transaction transaction, PlannerOptions planning) {
    return new Optimizer(new PlanningStatistics(transaction), planning).plan(statement);
  }

  private static double cost(StatementPlan plan) {
    return switch (plan) {
      case StatementPlan.Query query -> query.root().estimate().cost();
      case StatementPlan.Insert insert -> insert.source().estimate().cost();
      case StatementPlan.Update update -> cost(update.target());
      case StatementPlan.Delete delete -> cost(delete.target());
      case StatementPlan.WithChanges with -> {
        double steps = with.steps().stream().mapToDouble(step -> cost(step.plan())).sum();
        yield steps + cost(with.main());
      }
      case StatementPlan.CopyIn ignored -> 0;
      case StatementPlan.CopyOut copy -> copy.root().estimate().cost();
    };
  }

  private static double cost(StatementPlan.Target target) {
    return switch (target) {
      case StatementPlan.Scanned scanned -> scanned.source().estimate().cost();
      case StatementPlan.Joined joined -> joined.source().estimate().cost();
    };
  }

  /** Whether the tables have outgrown what the plan was made for. */
  static boolean outgrown(PreparedPlan plan, Transaction transaction) {
    if (!(plan.statement() instanceof BoundStatement.Plannable statement)) {
      return false;
    }
    long now = 0;
    for (IndexId rows : rowIndexes(statement)) {
      now += transaction.estimatedEntries(rows);
    }
    return now > GROWTH * Math.max(ROWS_MIN, plan.basis().rows());
  }

  private static List<IndexId> rowIndexes(BoundStatement.Plannable statement) {
    List<IndexId> found = new ArrayList<>();
    switch (statement) {
      case BoundStatement.WithChanges with -> {
        with.steps().forEach(step -> found.addAll(rowIndexes(step.statement())));
        found.addAll(rowIndexes(with.main()));
      }
      case BoundStatement.Query query -> collect(query.relation(), found);
      case BoundStatement.Insert insert -> collect(insert.source(), found);
      case BoundStatement.CopyIn ignored -> {}
      case BoundStatement.CopyOut copy -> collect(copy.relation(), found);
      case BoundStatement.Update update -> {
        collect(update.target(), found);
        update.from().ifPresent(from -> collect(from.source(), found));
      }
      case BoundStatement.Delete delete -> {
        collect(delete.target(), found);
        delete.using().ifPresent(using -> collect(using.source(), found));
      }
    }
    return found;
  }

  /** The tables of {@code relation} and of the subqueries in it. */
  private static void collect(Relation relation, List<IndexId> found) {
    if (relation instanceof Relation.Scan scan) {
      if (!found.contains(scan.table().rows())) {
        found.add(scan.table().rows());
      }
      return;
    }
    Relations.inputs(relation).forEach(input -> collect(input, found));
    Relations.expressions(relation).forEach(expression -> collect(expression, found));
  }

  private static void collect(Expression expression, List<IndexId> found) {
    if (expression instanceof Expression.Subquery subquery) {
      collect(subquery.relation(), found);
    }
    Expressions.operands(expression).forEach(operand -> collect(operand, found));
  }

  private static List<ResultColumn> columns(BoundStatement bound) {
    return switch (bound) {
      case BoundStatement.WithChanges with -> columns(with.main());
      case BoundStatement.Insert insert -> columns(insert.returning());
      case BoundStatement.Update update -> columns(update.returning());
      case BoundStatement.Delete delete -> columns(delete.returning());
      case BoundStatement.Query query -> {
        List<ResultColumn> columns = new ArrayList<>();
        List<Variable> output = query.relation().output();
        for (int i = 0; i < output.size(); i++) {
          columns.add(
              ColumnOrigins.column(query.headings().get(i), output.get(i), query.relation()));
        }
        yield List.copyOf(columns);
      }
      case BoundStatement.Explain ignored -> List.of(new ResultColumn("QUERY PLAN", SqlType.TEXT));
      case BoundStatement.ShowSetting show -> SettingTexts.columns(show.name());
      default -> List.of();
    };
  }

  private static List<ResultColumn> columns(Optional<BoundStatement.Returning> returning) {
    List<ResultColumn> columns = new ArrayList<>();
    returning.ifPresent(list -> {
      for (int i = 0; i < list.headings().size(); i++) {
        columns.add(new ResultColumn(list.headings().get(i), list.columns().get(i).type()));
      }
    });
    return List.copyOf(columns);
  }
}
