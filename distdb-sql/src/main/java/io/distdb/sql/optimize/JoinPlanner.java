// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;

/**
 * Orders joins and chooses how each is done.
 *
 * <pre>
 * Join (a.x = b.x)               Hash Join (b.y = c.y)
 *   Join (b.y = c.y)               Nested Loop
 *     b                       =>     a
 *     c                              Index Scan on b (x = a.x)
 *   a                              c
 * </pre>
 */
final class JoinPlanner {
  private final PhysicalPlanner planner;
  private final ChooseAccessPath accessPaths;

  JoinPlanner(PhysicalPlanner planner, ChooseAccessPath accessPaths) {
    this.planner = planner;
    this.accessPaths = accessPaths;
  }

  PhysicalPlan plan(Relation.Join join) {
    Estimates estimates = planner.estimates();
    JoinGraph graph = JoinGraph.of(join, planner, planner.options().reorders());
    JoinMethods methods =
        new JoinMethods(graph, accessPaths, new MergeJoins(planner), planner.options().avoided());
    if (join.kind() == JoinKind.FULL) {
      return full(join, methods);
    }
    JoinRows rows = new JoinRows(graph, estimates.pairs());
    return new JoinOrder(graph, rows, methods, estimates.selectivity()).best();
  }

  /** Both sides stay where they are. */
  private PhysicalPlan full(Relation.Join join, JoinMethods methods) {
    PhysicalPlan left = planner.plan(join.left(), Request.ALL).plan();
    PhysicalPlan right = planner.plan(join.right(), Request.ALL).plan();
    List<Expression> on = join.condition().map(Expressions::conjuncts).orElseGet(List::of);
    double leftRows = PhysicalPlanner.rows(left);
    double rightRows = PhysicalPlanner.rows(right);
    double pairs = leftRows * rightRows * planner.estimates().pairs().of(on, leftRows, rightRows);
    double rows = Math.max(Math.max(leftRows, rightRows), pairs);
    JoinLeaf leaf = new JoinLeaf(join.right(), right, JoinKind.FULL, on, 0);
    return methods.full(new Joined(0, leftRows, left), leaf, rows);
  }
}
