// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the cheapest way to have two sides ordered by the keys of their join: as they come, by an
 * index of a leaf, or sorted.
 */
final class MergeJoins {
  private final PhysicalPlanner planner;

  /** Leaves in some order; nothing where no index gives it. Looked up and never iterated. */
  private final Map<Relation, Map<List<Variable>, Optional<PhysicalPlan>>> leaves =
      new IdentityHashMap<>();

  /** A side that is joined, ordered. */
  private record Side(PhysicalPlan plan, double cost) {}

  MergeJoins(PhysicalPlanner planner) {
    this.planner = planner;
  }

  /**
   * The cheapest merge join; null when the equalities are of another form.
   *
   * @param relations what each side is when it is one leaf
   */
  JoinMethods.Way way(
      JoinType type,
      Joined left,
      Optional<Relation> leftLeaf,
      Joined right,
      Optional<Relation> rightLeaf,
      EquiKeys keys,
      double rows) {
    Optional<MergeKeys> plain = MergeKeys.of(keys);
    if (plain.isEmpty()) {
      return null;
    }
    Set<MergeKeys> orders = new LinkedHashSet<>();
    orders.add(plain.get().along(left.order(), true));
    orders.add(plain.get().along(right.order(), false));
    JoinMethods.Way best = null;
    for (MergeKeys order : orders) {
      Side first = side(left, leftLeaf, MergeKeys.columns(order.left()));
      Side second = side(right, rightLeaf, MergeKeys.columns(order.right()));
      double cost =
          first.cost()
              + second.cost()
              + JoinCost.MERGE * (left.rowsAtLeastOne() + right.rowsAtLeastOne())
              + JoinCost.OUT * Math.max(1, rows);
      best =
          JoinMethods.Way.cheaper(
              best,
              new JoinMethods.Way(
                  cost,
                  () ->
                      new PhysicalPlan.MergeJoin(
                          type,
                          first.plan(),
                          second.plan(),
                          order.left(),
                          order.right(),
                          Expressions.conjunction(keys.rest()),
                          new Estimate(Math.max(1, rows), cost))));
    }
    return best;
  }

  private Side side(Joined joined, Optional<Relation> leaf, List<Variable> columns) {
    PhysicalPlan plan = joined.plan();
    if (MergeKeys.isOrdered(columns, joined.order())) {
      return new Side(KeptOrder.of(plan), plan.estimate().cost());
    }
    List<SortKey> keys = new ArrayList<>();
    columns.forEach(column -> keys.add(new SortKey(column, false, false)));
    double rows = joined.rowsAtLeastOne();
    double cost = plan.estimate().cost() + JoinCost.sort(rows);
    Optional<PhysicalPlan> byIndex = leaf.flatMap(relation -> ordered(relation, keys));
    if (byIndex.isPresent() && byIndex.get().estimate().cost() <= cost) {
      return new Side(byIndex.get(), byIndex.get().estimate().cost());
    }
    Estimate estimate = new Estimate(rows, cost);
    return new Side(new PhysicalPlan.Sort(plan, keys, Optional.empty(), estimate), cost);
  }

  private Optional<PhysicalPlan> ordered(Relation relation, List<SortKey> keys) {
    List<Variable> columns = keys.stream().map(SortKey::variable).toList();
    return leaves
        .computeIfAbsent(relation, leaf -> new HashMap<>())
        .computeIfAbsent(columns, order -> byIndex(relation, keys));
  }

  /** Of a table, filtered perhaps: to plan more than that a second time would cost too much. */
  private Optional<PhysicalPlan> byIndex(Relation relation, List<SortKey> keys) {
    Relation read = relation instanceof Relation.Filter filter ? filter.input() : relation;
    if (!(read instanceof Relation.Scan)) {
      return Optional.empty();
    }
    Planned planned = planner.plan(relation, Request.ALL.ordered(keys));
    return planned.ordered() ? Optional.of(planned.plan()) : Optional.empty();
  }
}
