// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;

/**
 * Leaves that are joined.
 *
 * @param leaves as bits
 * @param rows that come out, estimated from the leaves and not from the way they were joined; may
 *     be below 1
 * @param order in which the rows come
 */
record Joined(long leaves, double rows, PhysicalPlan plan, List<Variable> order) {
  Joined(long leaves, double rows, PhysicalPlan plan) {
    this(leaves, rows, plan, PlanOrder.of(plan));
  }

  double cost() {
    return plan.estimate().cost();
  }

  /** At least 1. */
  double rowsAtLeastOne() {
    return Math.max(1, rows);
  }

  boolean isLeaf() {
    return Long.bitCount(leaves) == 1;
  }

  int leaf() {
    return Long.numberOfTrailingZeros(leaves);
  }
}
