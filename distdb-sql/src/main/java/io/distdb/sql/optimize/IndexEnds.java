// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers min and max without groups by the first row that an index has. Idea: PostgreSQL,
 * src/backend/optimizer/plan/planagg.c. The aggregate stays above the one row, so that no row gives
 * NULL.
 */
final class IndexEnds {
  /** More calls than that read the rows once. */
  private static final int CALLS_MAX = 4;

  private static final PhysicalPlan.Fetch ONE =
      new PhysicalPlan.Fetch(
          Optional.of(new Expression.Literal(Value.of(1L), SqlType.BIGINT)), Optional.empty());

  private final PhysicalPlanner planner;

  IndexEnds(PhysicalPlanner planner) {
    this.planner = planner;
  }

  /**
   * The plan, if there is one that is cheaper than {@code all}.
   *
   * @param aggregate without keys
   * @param all reads all rows
   */
  Optional<PhysicalPlan> plan(Relation.Aggregate aggregate, PhysicalPlan all) {
    if (aggregate.calls().isEmpty() || aggregate.calls().size() > CALLS_MAX) {
      return Optional.empty();
    }
    PhysicalPlan joined = null;
    for (AggregateCall call : aggregate.calls()) {
      Optional<PhysicalPlan> end = end(aggregate.input(), call);
      if (end.isEmpty()) {
        return Optional.empty();
      }
      joined = joined == null ? end.get() : pair(joined, end.get());
    }
    return Optional.of(joined).filter(ends -> ends.estimate().cost() < all.estimate().cost());
  }

  private static PhysicalPlan pair(PhysicalPlan left, PhysicalPlan right) {
    double cost = left.estimate().cost() + right.estimate().cost();
    return new PhysicalPlan.NestedLoopJoin(
        JoinType.INNER, left, right, Optional.empty(), new Estimate(1, cost));
  }

  private Optional<PhysicalPlan> end(Relation input, AggregateCall call) {
    boolean max = call.function().name().equals("max");
    if (!max && !call.function().name().equals("min")
        || call.filter().isPresent()
        || call.arguments().size() != 1
        || !(call.arguments().getFirst() instanceof Expression.Reference argument)) {
      return Optional.empty();
    }
    Relation present = present(input, argument.variable());
    if (present == null) {
      return Optional.empty();
    }
    List<SortKey> order = List.of(new SortKey(argument.variable(), max, false));
    Planned rows = planner.plan(present, new Request(order, 1, Optional.empty()));
    Planned reversed = planner.plan(present, new Request(nullsFirst(order), 1, Optional.empty()));
    Planned best = rows.ordered() ? rows : reversed;
    return best.ordered() ? Optional.of(first(best.plan(), call)) : Optional.empty();
  }

  /** NULLs are gone, so it does not matter where an index has them. */
  private static List<SortKey> nullsFirst(List<SortKey> order) {
    return order.stream().map(key -> new SortKey(key.variable(), key.descending(), true)).toList();
  }

  private static PhysicalPlan first(PhysicalPlan rows, AggregateCall call) {
    Estimate estimate = rows.estimate();
    double cost = Math.max(1, estimate.cost() / Math.max(1, estimate.rows()));
    PhysicalPlan limit = new PhysicalPlan.Limit(rows, ONE, List.of(), new Estimate(1, cost));
    return new PhysicalPlan.HashAggregate(limit, List.of(), List.of(call), new Estimate(1, cost));
  }

  /** The rows of one table in which {@code variable} is not NULL; null: it is something else. */
  private static Relation present(Relation input, Variable variable) {
    return switch (input) {
      case Relation.Scan scan -> isNeverNull(scan, variable) ? scan : filter(scan, variable);
      case Relation.Filter filter when filter.input() instanceof Relation.Scan scan ->
          isNeverNull(scan, variable) ? filter : narrowed(filter, scan, variable);
      case Relation.Project project -> {
        Variable below = renamed(project, variable);
        Relation rows = below == null ? null : present(project.input(), below);
        yield rows == null ? null : new Relation.Project(rows, project.assignments());
      }
      default -> null;
    };
  }

  private static boolean isNeverNull(Relation.Scan scan, Variable variable) {
    int position = scan.output().indexOf(variable);
    int ordinal = position < 0 ? Relation.Scan.ROW_ID : scan.ordinals().get(position);
    return ordinal != Relation.Scan.ROW_ID
        && (scan.table().columns().get(ordinal).notNull()
            || scan.table().primaryKey().contains(ordinal));
  }

  private static Expression test(Variable variable) {
    return new Expression.Not(new Expression.IsNull(new Expression.Reference(variable)));
  }

  private static Relation filter(Relation.Scan scan, Variable variable) {
    return new Relation.Filter(scan, test(variable));
  }

  private static Relation narrowed(Relation.Filter filter, Relation.Scan scan, Variable variable) {
    List<Expression> conjuncts = new ArrayList<>(Expressions.conjuncts(filter.predicate()));
    conjuncts.add(test(variable));
    return new Relation.Filter(scan, new Expression.And(conjuncts));
  }

  private static Variable renamed(Relation.Project project, Variable variable) {
    for (Relation.Assignment assignment : project.assignments()) {
      if (assignment.variable().equals(variable)
          && assignment.expression() instanceof Expression.Reference reference) {
        return reference.variable();
      }
    }
    return null;
  }
}
