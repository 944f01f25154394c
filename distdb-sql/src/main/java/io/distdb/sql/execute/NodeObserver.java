// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.PhysicalPlan;

/** Told what nodes do, for EXPLAIN ANALYZE. */
public interface NodeObserver {
  /**
   * A node was asked for a batch.
   *
   * @param first whether it is the first batch of this run of the node
   * @param rows how many came; 0 at the end
   * @param nanos how long it took, its inputs included
   */
  void asked(PhysicalPlan node, boolean first, int rows, long nanos);

  /** A run of a node that was asked for batches ends, with something to tell. */
  default void told(PhysicalPlan node, NodeNote note) {}
}
