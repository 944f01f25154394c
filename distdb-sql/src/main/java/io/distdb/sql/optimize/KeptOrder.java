// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.plan.PhysicalPlan;

/**
 * Tells hash joins that their order is relied on: a hash join that finds no room for its hash table
 * gives rows partition by partition, unless it must not. Follows the way of {@link PlanOrder}.
 *
 * <pre>
 * Merge Join                    Merge Join
 *   Hash Join            =>       Hash Join (ordered)
 *     Scan t                        Scan t
 * </pre>
 */
final class KeptOrder {
  private KeptOrder() {}

  /** The same plan; its rows come in {@code PlanOrder.of(plan)} however much memory there is. */
  static PhysicalPlan of(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Filter filter ->
          new PhysicalPlan.Filter(of(filter.input()), filter.predicate(), filter.estimate());
      case PhysicalPlan.Project project ->
          new PhysicalPlan.Project(of(project.input()), project.assignments(), project.estimate());
      case PhysicalPlan.HashJoin join ->
          new PhysicalPlan.HashJoin(
              join.type(),
              of(join.probe()),
              join.build(),
              join.probeKeys(),
              join.buildKeys(),
              join.residual(),
              true,
              join.estimate());
      case PhysicalPlan.IndexJoin join ->
          new PhysicalPlan.IndexJoin(
              join.type(), of(join.outer()), join.inner(), join.residual(), join.estimate());
      default -> plan;
    };
  }
}
