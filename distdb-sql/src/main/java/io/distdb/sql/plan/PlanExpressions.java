// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Relations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The expressions of plans, and the subplans in them. */
public final class PlanExpressions {
  private PlanExpressions() {}

  /** The node's own expressions. */
  public static List<Expression> of(PhysicalPlan plan) {
    List<Expression> all = new ArrayList<>();
    switch (plan) {
      case PhysicalPlan.Scan scan -> {
        addPath(scan.path(), all);
        add(scan.filter(), all);
      }
      case PhysicalPlan.Values values -> values.rows().forEach(all::addAll);
      case PhysicalPlan.Filter filter -> all.add(filter.predicate());
      case PhysicalPlan.Project project ->
          project.assignments().stream().map(Assignment::expression).forEach(all::add);
      case PhysicalPlan.HashJoin join -> {
        all.addAll(join.probeKeys());
        all.addAll(join.buildKeys());
        add(join.residual(), all);
      }
      case PhysicalPlan.MergeJoin join -> {
        all.addAll(join.leftKeys());
        all.addAll(join.rightKeys());
        add(join.residual(), all);
      }
      case PhysicalPlan.IndexJoin join -> add(join.residual(), all);
      case PhysicalPlan.NestedLoopJoin join -> add(join.condition(), all);
      case PhysicalPlan.LateralJoin join -> add(join.condition(), all);
      case PhysicalPlan.HashAggregate aggregate ->
          aggregate.calls().forEach(call -> all.addAll(Relations.expressions(call)));
      case PhysicalPlan.SortedAggregate aggregate ->
          aggregate.calls().forEach(call -> all.addAll(Relations.expressions(call)));
      case PhysicalPlan.GroupingSets sets ->
          sets.calls().forEach(call -> all.addAll(Relations.expressions(call)));
      case PhysicalPlan.WindowAgg window ->
          window.calls().forEach(call -> all.addAll(Relations.expressions(call)));
      case PhysicalPlan.Distinct ignored -> {}
      case PhysicalPlan.Unique ignored -> {}
      case PhysicalPlan.Append ignored -> {}
      case PhysicalPlan.HashSetOperation ignored -> {}
      case PhysicalPlan.With ignored -> {}
      case PhysicalPlan.CommonTableScan ignored -> {}
      case PhysicalPlan.LiveScan ignored -> {}
      case PhysicalPlan.LockRows lock -> add(lock.recheck(), all);
      case PhysicalPlan.FunctionScan scan ->
          scan.calls().forEach(call -> all.addAll(call.arguments()));
      case PhysicalPlan.RecursiveUnion ignored -> {}
      case PhysicalPlan.Sort sort -> sort.fetch().ifPresent(fetch -> addFetch(fetch, all));
      case PhysicalPlan.Limit limit -> addFetch(limit.fetch(), all);
    }
    return all;
  }

  private static void add(Optional<Expression> expression, List<Expression> all) {
    expression.ifPresent(all::add);
  }

  private static void addFetch(PhysicalPlan.Fetch fetch, List<Expression> all) {
    add(fetch.limit(), all);
    add(fetch.offset(), all);
  }

  private static void addPath(AccessPath path, List<Expression> all) {
    switch (path) {
      case AccessPath.Full ignored -> {}
      case AccessPath.RowGet get -> get.keys().forEach(all::addAll);
      case AccessPath.IndexGet get -> get.keys().forEach(all::addAll);
      case AccessPath.RowRange range -> addBounds(range.bounds(), all);
      case AccessPath.IndexRange range -> addBounds(range.bounds(), all);
    }
  }

  private static void addBounds(KeyBounds bounds, List<Expression> all) {
    all.addAll(bounds.equal());
    bounds.lower().ifPresent(bound -> all.add(bound.value()));
    bounds.upper().ifPresent(bound -> all.add(bound.value()));
  }

  /** The subplans of {@code expressions}, each once; not those within subplans. */
  public static Set<Subplan> subplans(Collection<Expression> expressions) {
    Set<Subplan> found = new LinkedHashSet<>();
    expressions.forEach(expression -> collect(expression, found));
    return found;
  }

  private static void collect(Expression expression, Set<Subplan> found) {
    if (expression instanceof Expression.Subplan use && use.plan() instanceof Subplan subplan) {
      found.add(subplan);
    }
    Expressions.operands(expression).forEach(operand -> collect(operand, found));
  }

  /** All subplans of a statement, those within subplans included. */
  public static List<Subplan> subplans(StatementPlan statement) {
    Set<Subplan> found = new LinkedHashSet<>();
    switch (statement) {
      case StatementPlan.Query query -> collect(query.root(), found);
      case StatementPlan.Insert insert -> {
        collect(insert.source(), found);
        insert
            .conflict()
            .flatMap(OnConflict::update)
            .ifPresent(update -> {
              collectUpdates(update.updates(), found);
              update.predicate().ifPresent(predicate -> collectAll(List.of(predicate), found));
            });
        collectReturning(insert.returning(), found);
      }
      case StatementPlan.Update update -> {
        collectTarget(update.target(), found);
        collectUpdates(update.updates(), found);
        collectReturning(update.returning(), found);
      }
      case StatementPlan.Delete delete -> {
        collectTarget(delete.target(), found);
        collectReturning(delete.returning(), found);
      }
      case StatementPlan.CopyIn in -> {
        collectAll(in.copy().row(), found);
        in.copy().predicate().ifPresent(predicate -> collectAll(List.of(predicate), found));
      }
      case StatementPlan.CopyOut out -> collect(out.root(), found);
      case StatementPlan.WithChanges ignored -> {
        // each of its steps has its own
      }
    }
    return List.copyOf(found);
  }

  private static void collectTarget(StatementPlan.Target target, Set<Subplan> found) {
    collect(target.source(), found);
    target.predicate().ifPresent(predicate -> collectAll(List.of(predicate), found));
  }

  private static void collectUpdates(List<ColumnUpdate> updates, Set<Subplan> found) {
    updates.forEach(item -> collectAll(List.of(item.value()), found));
  }

  private static void collectReturning(Optional<Returning> returning, Set<Subplan> found) {
    returning.ifPresent(list -> collectAll(list.columns(), found));
  }

  private static void collect(PhysicalPlan plan, Set<Subplan> found) {
    collectAll(of(plan), found);
    plan.inputs().forEach(input -> collect(input, found));
  }

  private static void collectAll(List<Expression> expressions, Set<Subplan> found) {
    for (Subplan subplan : subplans(expressions)) {
      if (found.add(subplan)) {
        collect(subplan.plan(), found);
      }
    }
  }
}
