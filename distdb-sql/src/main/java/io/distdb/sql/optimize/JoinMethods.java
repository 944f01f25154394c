// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ways to join two sets of leaves, the cheapest first asked. A way is weighed without making
 * its plan: many more are weighed than chosen.
 *
 * <p>Where there is an equality, a nested loop without an index is no choice: it is faster for a
 * handful of rows only, and ruinous when a handful was an error.
 */
final class JoinMethods {
  private final JoinGraph graph;
  private final IndexJoins indexJoins;

  /** A way that was not gone yet. */
  record Way(double cost, Supplier<PhysicalPlan> plan) {
    static Way cheaper(Way one, Way other) {
      return one == null || other != null && other.cost < one.cost ? other : one;
    }
  }

  JoinMethods(JoinGraph graph, ChooseAccessPath accessPaths) {
    this.graph = graph;
    indexJoins = new IndexJoins(graph, accessPaths);
  }

  static JoinType type(JoinKind kind) {
    return switch (kind) {
      case INNER, CROSS -> JoinType.INNER;
      case LEFT -> JoinType.LEFT;
      case FULL -> JoinType.FULL;
      case SEMI -> JoinType.SEMI;
      case ANTI -> JoinType.ANTI;
    };
  }

  // --- inner joins ---

  /** The cheapest way to join two sets that are free to stand on either side. */
  Way inner(Joined left, Joined right, double rows) {
    boolean equality = false;
    for (JoinGraph.Edge edge : graph.edges()) {
      equality |= edge.joins(left.leaves(), right.leaves());
    }
    double out = JoinCost.OUT * Math.max(1, rows);
    if (!equality) {
      Joined outer = left.rows() <= right.rows() ? right : left;
      Joined held = outer == left ? right : left;
      double cost = JoinCost.nestedLoop(outer, held) + out;
      return new Way(
          cost,
          () ->
              nestedLoop(
                  JoinType.INNER, outer, held, conditions(left, right), estimate(rows, cost)));
    }
    boolean buildRight = right.rows() <= left.rows();
    Joined probe = buildRight ? left : right;
    Joined build = buildRight ? right : left;
    double cost = JoinCost.hash(probe, build) + out;
    Way hash =
        new Way(
            cost,
            () ->
                hash(JoinType.INNER, probe, build, conditions(left, right), estimate(rows, cost)));
    Way best = Way.cheaper(hash, index(left, right, rows));
    return Way.cheaper(best, index(right, left, rows));
  }

  private Way index(Joined outer, Joined inner, double rows) {
    if (!inner.isLeaf()) {
      return null;
    }
    Optional<PhysicalPlan.Scan> scan = indexJoins.inner(outer.leaves(), inner.leaf());
    return index(JoinType.INNER, outer, scan, rows);
  }

  private static Way index(
      JoinType type, Joined outer, Optional<PhysicalPlan.Scan> inner, double rows) {
    if (inner.isEmpty()) {
      return null;
    }
    double cost =
        JoinCost.index(outer, inner.get().estimate().cost()) + JoinCost.OUT * Math.max(1, rows);
    return new Way(
        cost, () -> IndexJoins.plan(type, outer.plan(), inner.get(), estimate(rows, cost)));
  }

  /** The conditions that can be decided when both are there, and not before. */
  private List<Expression> conditions(Joined left, Joined right) {
    List<Expression> found = new ArrayList<>();
    for (JoinGraph.Edge edge : graph.edges()) {
      if (edge.connects(left.leaves(), right.leaves())) {
        found.add(edge.condition());
      }
    }
    return found;
  }

  // --- outer, semi and anti joins ---

  /**
   * The cheapest way to join a leaf that comes by an outer, semi or anti join. Other conditions
   * that can be decided with it are asked of what the join gives.
   */
  Way dependent(Joined left, Joined right, JoinLeaf leaf, double rows) {
    Way way = join(left, right, leaf, rows);
    List<Expression> others = conditions(left, right);
    if (others.isEmpty()) {
      return way;
    }
    double cost = way.cost() + JoinCost.OUT * Math.max(1, rows);
    Expression condition = Expressions.conjunction(others).orElseThrow();
    return new Way(
        cost, () -> new PhysicalPlan.Filter(way.plan().get(), condition, estimate(rows, cost)));
  }

  private Way join(Joined left, Joined right, JoinLeaf leaf, double rows) {
    JoinType type = type(leaf.kind());
    EquiKeys keys = EquiKeys.of(leaf.on(), left.plan().output(), leaf.plan().output());
    double out = JoinCost.OUT * Math.max(1, rows);
    if (keys.left().isEmpty()) {
      double cost = JoinCost.nestedLoop(left, right) + out;
      return new Way(cost, () -> nestedLoop(type, left, right, leaf.on(), estimate(rows, cost)));
    }
    double cost = JoinCost.hash(left, right) + out;
    Way best = new Way(cost, () -> hash(type, left, right, leaf.on(), estimate(rows, cost)));
    if (type == JoinType.LEFT) {
      // holds the side whose rows are kept; those that met none come last
      double turned = JoinCost.hash(right, left) + out;
      Way other =
          new Way(
              turned, () -> hash(JoinType.RIGHT, right, left, leaf.on(), estimate(rows, turned)));
      best = Way.cheaper(best, other);
    }
    return Way.cheaper(best, index(type, left, indexJoins.inner(left.plan().output(), leaf), rows));
  }

  static PhysicalPlan full(Joined left, JoinLeaf leaf, double rows) {
    Joined right = new Joined(0, leaf.plan().estimate().rows(), leaf.plan());
    EquiKeys keys = EquiKeys.of(leaf.on(), left.plan().output(), leaf.plan().output());
    return keys.left().isEmpty()
        ? nestedLoop(
            JoinType.FULL, left, right, leaf.on(), estimate(rows, JoinCost.nestedLoop(left, right)))
        : hash(JoinType.FULL, left, right, leaf.on(), estimate(rows, JoinCost.hash(left, right)));
  }

  // --- plans ---

  private static Estimate estimate(double rows, double cost) {
    return new Estimate(Math.max(1, rows), cost);
  }

  private static PhysicalPlan hash(
      JoinType type, Joined probe, Joined build, List<Expression> conditions, Estimate estimate) {
    EquiKeys keys = EquiKeys.of(conditions, probe.plan().output(), build.plan().output());
    return new PhysicalPlan.HashJoin(
        type,
        probe.plan(),
        build.plan(),
        keys.left(),
        keys.right(),
        Expressions.conjunction(keys.rest()),
        estimate);
  }

  private static PhysicalPlan nestedLoop(
      JoinType type, Joined outer, Joined inner, List<Expression> conditions, Estimate estimate) {
    return new PhysicalPlan.NestedLoopJoin(
        type, outer.plan(), inner.plan(), Expressions.conjunction(conditions), estimate);
  }
}
