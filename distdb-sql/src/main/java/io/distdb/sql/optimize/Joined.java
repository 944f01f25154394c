// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.plan.PhysicalPlan;

/**
 * Leaves that are joined.
 *
 * @param leaves as bits
 * @param rows that come out, estimated from the leaves and not from the way they were joined; may
 *     be below 1
 */
record Joined(long leaves, double rows, PhysicalPlan plan) {
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
