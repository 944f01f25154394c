// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Subqueries;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.optimize.estimate.KnownValues;
import io.distdb.sql.optimize.estimate.Statistics;
import io.distdb.sql.optimize.rule.DecorrelateAggregate;
import io.distdb.sql.optimize.rule.DecorrelateApply;
import io.distdb.sql.optimize.rule.FoldConstants;
import io.distdb.sql.optimize.rule.InlineCommonTables;
import io.distdb.sql.optimize.rule.MergeFilters;
import io.distdb.sql.optimize.rule.MergeProjects;
import io.distdb.sql.optimize.rule.PruneColumns;
import io.distdb.sql.optimize.rule.PullProjectAboveJoin;
import io.distdb.sql.optimize.rule.PushFilterBelowAggregate;
import io.distdb.sql.optimize.rule.PushFilterBelowDistinct;
import io.distdb.sql.optimize.rule.PushFilterBelowJoin;
import io.distdb.sql.optimize.rule.PushFilterBelowProject;
import io.distdb.sql.optimize.rule.PushFilterBelowUnion;
import io.distdb.sql.optimize.rule.PushFilterBelowWindow;
import io.distdb.sql.optimize.rule.ReduceOuterJoin;
import io.distdb.sql.optimize.rule.RemoveIdentityProject;
import io.distdb.sql.optimize.rule.RemoveRepeatedDistinct;
import io.distdb.sql.optimize.rule.Rule;
import io.distdb.sql.optimize.rule.UnnestExistence;
import io.distdb.sql.optimize.rule.UseAntiJoin;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * From a statement to its plan: rules until nothing changes, then columns pruned, then physical
 * choices by cost. Pure, but for what it asks {@link Statistics}.
 */
public final class Optimizer {
  /** What every statement is rewritten by; within a pass in this order. */
  public static final List<Rule> RULES =
      List.of(
          new InlineCommonTables(),
          new FoldConstants(),
          new MergeFilters(),
          new PushFilterBelowProject(),
          new PushFilterBelowJoin(),
          new PushFilterBelowAggregate(),
          new PushFilterBelowWindow(),
          new PushFilterBelowUnion(),
          new PushFilterBelowDistinct(),
          new ReduceOuterJoin(),
          new UseAntiJoin(),
          new UnnestExistence(),
          new DecorrelateApply(),
          new DecorrelateAggregate(),
          new MergeProjects(),
          new PullProjectAboveJoin(),
          new RemoveIdentityProject(),
          new RemoveRepeatedDistinct());

  /** Passes over the tree; each pushes a filter one node down at least. */
  private static final int PASSES_MAX = 100;

  private final Statistics statistics;
  private final PlannerOptions options;

  public Optimizer(Statistics statistics) {
    this(statistics, PlannerOptions.DEFAULT);
  }

  /** With fewer rules or joins perhaps; columns are pruned always. */
  public Optimizer(Statistics statistics, PlannerOptions options) {
    this.statistics = statistics;
    this.options = options;
  }

  public StatementPlan plan(BoundStatement.Plannable statement) {
    return plan(statement, KnownValues.ofLiterals());
  }

  /**
   * @param known values of parameters, when the plan is made for a run with them
   */
  public StatementPlan plan(BoundStatement.Plannable statement, KnownValues known) {
    PhysicalPlanner planner = new PhysicalPlanner(new Estimates(statistics, known), options);
    return switch (statement) {
      case BoundStatement.Query query ->
          new StatementPlan.Query(planner.plan(query.relation()), query.headings());
      case BoundStatement.Insert insert -> new ChangePlanner(planner).insert(insert);
      case BoundStatement.Update update -> new ChangePlanner(planner).update(update);
      case BoundStatement.Delete delete -> new ChangePlanner(planner).delete(delete);
      case BoundStatement.WithChanges with -> withChanges(with);
      case BoundStatement.CopyIn copy -> new ChangePlanner(planner).copyIn(copy);
      case BoundStatement.CopyOut copy ->
          new StatementPlan.CopyOut(planner.plan(copy.relation()), copy);
    };
  }

  /** Each step is a statement of its own. */
  private StatementPlan withChanges(BoundStatement.WithChanges with) {
    return new StatementPlan.WithChanges(
        with.steps().stream()
            .map(step ->
                new StatementPlan.WithStep(step.id(), plan(step.statement()), step.columns()))
            .toList(),
        plan(with.main()));
  }

  /** The rules applied bottom-up, again and again, then pruning. */
  static Relation rewrite(Relation relation, List<Rule> rules) {
    Relation current = relation;
    for (int pass = 0; pass < PASSES_MAX; pass++) {
      Relation next = rewriteOnce(current, rules);
      if (next == current) {
        break;
      }
      current = next;
    }
    return new PruneColumns().apply(current);
  }

  private static Relation rewriteOnce(Relation relation, List<Rule> rules) {
    UnaryOperator<Relation> below = input -> rewriteOnce(input, rules);
    Relation result = Relations.mapInputs(relation, below);
    result = Relations.mapExpressions(result, e -> Subqueries.mapRelations(e, below));
    for (Rule rule : rules) {
      result = rule.apply(result);
    }
    return result;
  }
}
