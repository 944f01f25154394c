// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.time.Clock;
import io.distdb.sql.plan.PhysicalPlan;

/** Measures an operator. */
record ObservedOperator(Operator operator, PhysicalPlan node, NodeObserver observer, Clock clock)
    implements Operator {
  @Override
  public Batch next() {
    long start = clock.nanoTime();
    Batch batch = operator.next();
    observer.asked(node, batch == null ? 0 : batch.count, clock.nanoTime() - start);
    return batch;
  }

  @Override
  public void close() {
    operator.close();
  }
}
