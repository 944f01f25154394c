// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The ways to join two sets of leaves. A way is weighed without making its plan: many more are
 * weighed than chosen.
 *
 * <p>Where there is an equality, a nested loop without an index is no choice: it is faster for a
 * handful of rows only, and ruinous when a handful was an error.
 */
final class JoinMethods {
  /** More than any plan costs, as PostgreSQL does it. */
  private static final double AVOIDED = 1e12;

  private final JoinGraph graph;
  private final IndexJoins indexJoins;
  private final MergeJoins mergeJoins;
  private final Set<JoinMethod> avoided;

  /** A way that was not gone yet. */
  record Way(double cost, Supplier<PhysicalPlan> plan) {
    static Way cheaper(Way one, Way other) {
      return one == null || other != null && other.cost < one.cost ? other : one;
    }
  }

  JoinMethods(
      JoinGraph graph,
      ChooseAccessPath accessPaths,
      MergeJoins mergeJoins,
      Set<JoinMethod> avoided) {
    this.graph = graph;
    this.mergeJoins = mergeJoins;
    this.avoided = avoided;
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

  /** Never cheapest when it is to be avoided. */
  private Way unlessAvoided(JoinMethod method, Way way) {
    return way == null || !avoided.contains(method) ? way : new Way(way.cost + AVOIDED, way.plan);
  }

  // --- inner joins ---

  /** The cheapest way to join two sets that are free to stand on either side. */
  Way inner(Joined left, Joined right, double rows) {
    boolean equality = false;
    for (JoinGraph.Edge edge : graph.edges()) {
      equality |= edge.joins(left.leaves(), right.leaves());
    }
    boolean held = right.rows() <= left.rows();
    Joined outer = held ? left : right;
    Joined inner = held ? right : left;
    Supplier<List<Expression>> conditions = () -> conditions(left, right);
    if (!equality) {
      return loop(JoinType.INNER, outer, inner, conditions, rows);
    }
    Way best = unlessAvoided(JoinMethod.HASH, hash(JoinType.INNER, outer, inner, conditions, rows));
    if (leastMerge(left, right, rows) < best.cost()) {
      EquiKeys keys = EquiKeys.of(conditions.get(), left.plan().output(), right.plan().output());
      Way merge =
          mergeJoins.way(JoinType.INNER, left, relation(left), right, relation(right), keys, rows);
      best = Way.cheaper(best, unlessAvoided(JoinMethod.MERGE, merge));
    }
    best = Way.cheaper(best, unlessAvoided(JoinMethod.INDEX, index(left, right, rows, best)));
    best = Way.cheaper(best, unlessAvoided(JoinMethod.INDEX, index(right, left, rows, best)));
    return orLoop(best, () -> loop(JoinType.INNER, outer, inner, conditions, rows));
  }

  /** What a merge join costs at least; found without looking at its keys. */
  private double leastMerge(Joined left, Joined right, double rows) {
    return JoinCost.merge(left, right)
        + JoinCost.OUT * Math.max(1, rows)
        + leastSort(left)
        + leastSort(right);
  }

  private double leastSort(Joined side) {
    boolean mayHaveOrder =
        side.isLeaf() || !side.order().isEmpty() && graph.isKey(side.order().getFirst());
    return mayHaveOrder ? 0 : JoinCost.sort(side.rowsAtLeastOne());
  }

  /** The loop where all else is to be avoided. */
  private static Way orLoop(Way best, Supplier<Way> loop) {
    return best.cost < AVOIDED ? best : Way.cheaper(best, loop.get());
  }

  private Optional<Relation> relation(Joined joined) {
    return joined.isLeaf()
        ? Optional.of(graph.leaves().get(joined.leaf()).relation())
        : Optional.empty();
  }

  /** Null when it cannot be cheaper than {@code best}, or there is no index. */
  private Way index(Joined outer, Joined inner, double rows, Way best) {
    return inner.isLeaf() && JoinCost.index(outer, 0) < best.cost()
        ? index(JoinType.INNER, outer, indexJoins.inner(outer.leaves(), inner.leaf()), rows)
        : null;
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
    if (keys.left().isEmpty()) {
      return loop(type, left, right, leaf::on, rows);
    }
    Way best = hash(type, left, right, leaf::on, rows);
    if (type == JoinType.LEFT) {
      // holds the side whose rows are kept; those that met none come last
      best = Way.cheaper(best, hash(JoinType.RIGHT, right, left, leaf::on, rows));
    }
    best = unlessAvoided(JoinMethod.HASH, best);
    if (type != JoinType.FULL) {
      Way merge =
          mergeJoins.way(
              type, left, relation(left), right, Optional.of(leaf.relation()), keys, rows);
      best = Way.cheaper(best, unlessAvoided(JoinMethod.MERGE, merge));
      Way index = index(type, left, indexJoins.inner(left.plan().output(), leaf), rows);
      best = Way.cheaper(best, unlessAvoided(JoinMethod.INDEX, index));
    }
    return orLoop(best, () -> loop(type, left, right, leaf::on, rows));
  }

  /** Both sides stay where they are. */
  PhysicalPlan full(Joined left, JoinLeaf leaf, double rows) {
    Joined right = new Joined(0, leaf.plan().estimate().rows(), leaf.plan());
    return join(left, right, leaf, rows).plan().get();
  }

  // --- plans ---

  private static Estimate estimate(double rows, double cost) {
    return new Estimate(Math.max(1, rows), cost);
  }

  private static Way hash(
      JoinType type,
      Joined probe,
      Joined build,
      Supplier<List<Expression>> conditions,
      double rows) {
    double cost = JoinCost.hash(probe, build) + JoinCost.OUT * Math.max(1, rows);
    return new Way(
        cost,
        () -> {
          EquiKeys keys =
              EquiKeys.of(conditions.get(), probe.plan().output(), build.plan().output());
          return new PhysicalPlan.HashJoin(
              type,
              probe.plan(),
              build.plan(),
              keys.left(),
              keys.right(),
              Expressions.conjunction(keys.rest()),
              false,
              estimate(rows, cost));
        });
  }

  private static Way loop(
      JoinType type,
      Joined outer,
      Joined inner,
      Supplier<List<Expression>> conditions,
      double rows) {
    double cost = JoinCost.nestedLoop(outer, inner) + JoinCost.OUT * Math.max(1, rows);
    return new Way(
        cost,
        () ->
            new PhysicalPlan.NestedLoopJoin(
                type,
                outer.plan(),
                inner.plan(),
                Expressions.conjunction(conditions.get()),
                estimate(rows, cost)));
  }
}
