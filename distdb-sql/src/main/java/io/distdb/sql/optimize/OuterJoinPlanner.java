// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;
import java.util.Optional;

/**
 * Chooses how an outer, semi or anti join is done. Its sides stay where they are; only which one is
 * hashed is a choice, and for a LEFT join alone.
 *
 * <pre>
 * Join LEFT (a.x = b.x)          Hash Right Join          or  Hash Left Join
 *   a                      =>      b                             a
 *   b                              Hash a                        Hash b
 * </pre>
 */
final class OuterJoinPlanner {
  /** Share of outer rows that a semi join keeps, of which nothing is known. */
  private static final double MATCHED = 0.5;

  private final PhysicalPlanner planner;
  private final ChooseAccessPath accessPaths;

  OuterJoinPlanner(PhysicalPlanner planner, ChooseAccessPath accessPaths) {
    this.planner = planner;
    this.accessPaths = accessPaths;
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

  PhysicalPlan plan(Relation.Join join) {
    PhysicalPlan left = planner.plan(join.left(), Request.ALL).plan();
    PhysicalPlan right = planner.plan(join.right(), Request.ALL).plan();
    List<Expression> conjuncts = join.condition().map(Expressions::conjuncts).orElseGet(List::of);
    EquiKeys keys = EquiKeys.of(conjuncts, left.output(), right.output());
    JoinType type = type(join.kind());
    double rows = rows(type, left, right, conjuncts);
    PhysicalPlan best = nestedLoop(type, left, right, conjuncts, rows);
    if (keys.left().isEmpty()) {
      return best;
    }
    best = cheaper(hash(type, left, right, keys, rows), best);
    if (type == JoinType.LEFT) {
      best = cheaper(best, hashLeft(left, right, keys, rows));
    }
    if (type != JoinType.FULL) {
      Optional<PhysicalPlan> index =
          JoinPlanner.indexJoin(accessPaths, type, left, join.right(), conjuncts, rows);
      best = index.isPresent() ? cheaper(index.get(), best) : best;
    }
    return best;
  }

  private static PhysicalPlan cheaper(PhysicalPlan one, PhysicalPlan other) {
    return one.estimate().cost() <= other.estimate().cost() ? one : other;
  }

  private static double rows(
      JoinType type, PhysicalPlan left, PhysicalPlan right, List<Expression> conjuncts) {
    double leftRows = left.estimate().rows();
    double rightRows = right.estimate().rows();
    double pairs = Math.max(1, leftRows * rightRows * Selectivity.of(conjuncts));
    return switch (type) {
      case INNER -> pairs;
      case LEFT -> Math.max(leftRows, Math.min(pairs, leftRows + rightRows));
      case RIGHT -> Math.max(rightRows, Math.min(pairs, leftRows + rightRows));
      case FULL -> Math.max(leftRows + rightRows, Math.min(pairs, leftRows + rightRows));
      case SEMI, ANTI -> Math.max(1, leftRows * MATCHED);
    };
  }

  private static PhysicalPlan hash(
      JoinType type, PhysicalPlan left, PhysicalPlan right, EquiKeys keys, double rows) {
    return new PhysicalPlan.HashJoin(
        type,
        left,
        right,
        keys.left(),
        keys.right(),
        Expressions.conjunction(keys.rest()),
        new Estimate(rows, hashCost(left, right)));
  }

  /** Holds the side whose rows are kept; those that no row of the other met come last. */
  private static PhysicalPlan hashLeft(
      PhysicalPlan left, PhysicalPlan right, EquiKeys keys, double rows) {
    return new PhysicalPlan.HashJoin(
        JoinType.RIGHT,
        right,
        left,
        keys.right(),
        keys.left(),
        Expressions.conjunction(keys.rest()),
        new Estimate(rows, hashCost(right, left)));
  }

  private static double hashCost(PhysicalPlan probe, PhysicalPlan build) {
    return probe.estimate().cost()
        + build.estimate().cost()
        + JoinPlanner.HASH_BUILD * build.estimate().rows()
        + JoinPlanner.HASH_PROBE * probe.estimate().rows();
  }

  private static PhysicalPlan nestedLoop(
      JoinType type,
      PhysicalPlan left,
      PhysicalPlan right,
      List<Expression> conjuncts,
      double rows) {
    double pairs = left.estimate().rows() * right.estimate().rows();
    double cost =
        left.estimate().cost() + right.estimate().cost() + JoinPlanner.PAIR * Math.max(1, pairs);
    return new PhysicalPlan.NestedLoopJoin(
        type, left, right, Expressions.conjunction(conjuncts), new Estimate(rows, cost));
  }
}
