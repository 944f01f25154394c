// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;

/** Told what nodes do, for EXPLAIN ANALYZE. */
public interface NodeObserver {
  /**
   * A node was asked for a batch.
   *
   * @param rows how many came; 0 at the end
   * @param nanos how long it took, its inputs included
   */
  void asked(PhysicalPlan node, int rows, long nanos);
}
