// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Plans GROUP BY and DISTINCT: by a hash table, or, where the input can come in an order that keeps
 * equal rows together, one group after the other.
 *
 * <pre>
 * Aggregate (a: count)                  GroupAggregate
 *   Scan t                 =>             Index Only Scan using t_a on t
 *
 * Aggregate (max(a))                    Aggregate
 *   Filter (b = 1)         =>             Limit
 *     Scan t                                Index Only Scan Backward using t_b_a on t
 * </pre>
 */
final class GroupPlanner {
  /** Of a row found in a hash table, and of one compared with the row before. */
  private static final double HASHED = 0.5;

  private static final double COMPARED = 0.1;

  private static final double SORT_PER_ROW = 0.2;

  private final PhysicalPlanner planner;
  private final Estimates estimates;

  GroupPlanner(PhysicalPlanner planner, Estimates estimates) {
    this.planner = planner;
    this.estimates = estimates;
  }

  Planned aggregate(Relation.Aggregate aggregate, Request request) {
    PhysicalPlan input = planner.plan(aggregate.input(), Request.ALL).plan();
    double groups = estimates.groups().of(aggregate.keys(), rows(input));
    if (aggregate.keys().isEmpty()) {
      PhysicalPlan all =
          new PhysicalPlan.HashAggregate(
              input, List.of(), aggregate.calls(), above(input, rows(input) * COMPARED, groups));
      return new Planned(new IndexEnds(planner).plan(aggregate, all).orElse(all), true);
    }
    Optional<Sorted> sorted = sorted(aggregate.input(), aggregate.keys(), input, groups, request);
    if (sorted.isPresent()) {
      PhysicalPlan ordered = sorted.get().input;
      return new Planned(
          new PhysicalPlan.SortedAggregate(
              ordered,
              aggregate.keys(),
              aggregate.calls(),
              above(ordered, rows(ordered) * COMPARED, groups)),
          sorted.get().asAsked);
    }
    return new Planned(
        new PhysicalPlan.HashAggregate(
            input,
            aggregate.keys(),
            aggregate.calls(),
            above(input, rows(input) * COMPARED, groups)),
        false);
  }

  Planned distinct(Relation.Distinct distinct, Request request) {
    Planned input = planner.plan(distinct.input(), request.withoutFetch());
    double groups = estimates.groups().of(distinct.output(), rows(input.plan()));
    Optional<Sorted> sorted =
        sorted(distinct.input(), distinct.output(), input.plan(), groups, request);
    if (sorted.isPresent()) {
      PhysicalPlan ordered = sorted.get().input;
      return new Planned(
          new PhysicalPlan.Unique(
              ordered, distinct.output(), above(ordered, rows(ordered) * COMPARED, groups)),
          sorted.get().asAsked);
    }
    return new Planned(
        new PhysicalPlan.Distinct(
            input.plan(), above(input.plan(), rows(input.plan()) * COMPARED, groups)),
        input.ordered());
  }

  /**
   * Input in an order of the keys.
   *
   * @param asAsked whether groups of it come in the order that was asked for
   */
  private record Sorted(PhysicalPlan input, boolean asAsked, double cost) {}

  /**
   * The cheapest input in an order of {@code keys}, if it beats a hash table over {@code hashed}.
   */
  private Optional<Sorted> sorted(
      Relation input,
      Collection<Variable> keys,
      PhysicalPlan hashed,
      double groups,
      Request request) {
    double rows = rows(hashed);
    double cost = hashed.estimate().cost() + rows * HASHED;
    if (!request.order().isEmpty()) {
      cost += groups * SORT_PER_ROW * Math.max(1, Math.log(groups));
    }
    Sorted best = null;
    double share = Math.min(1, request.rows() / groups);
    for (List<SortKey> order : GroupOrders.of(input, keys, request.order())) {
      boolean asAsked = PhysicalPlanner.startsWith(order, request.order());
      double wanted = share < 1 && asAsked ? rows * share : Double.POSITIVE_INFINITY;
      Planned planned = planner.plan(input, new Request(order, wanted, Optional.empty()));
      double read = asAsked || request.order().isEmpty() ? share : 1;
      double total = (planned.plan().estimate().cost() + rows * COMPARED) * read;
      if (!asAsked) {
        total += groups * SORT_PER_ROW * Math.max(1, Math.log(groups));
      }
      if (planned.ordered() && total < (best == null ? cost : best.cost)) {
        best = new Sorted(planned.plan(), asAsked, total);
      }
    }
    return Optional.ofNullable(best);
  }

  private static double rows(PhysicalPlan plan) {
    return PhysicalPlanner.rows(plan);
  }

  private static Estimate above(PhysicalPlan input, double cost, double rows) {
    return new Estimate(rows, input.estimate().cost() + cost);
  }
}
