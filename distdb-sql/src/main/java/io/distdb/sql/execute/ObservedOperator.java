// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.time.Clock;
import io.distdb.sql.plan.PhysicalPlan;

/** Measures an operator. */
final class ObservedOperator implements Operator {
  private final Operator operator;
  private final PhysicalPlan node;
  private final NodeObserver observer;
  private final Clock clock;
  private boolean first = true;
  private boolean closed;

  ObservedOperator(Operator operator, PhysicalPlan node, NodeObserver observer, Clock clock) {
    this.operator = operator;
    this.node = node;
    this.observer = observer;
    this.clock = clock;
  }

  @Override
  public Batch next() {
    long start = clock.nanoTime();
    Batch batch = operator.next();
    observer.asked(node, first, batch == null ? 0 : batch.count, clock.nanoTime() - start);
    first = false;
    return batch;
  }

  @Override
  public void close() {
    if (!first && !closed) {
      operator.note().ifPresent(note -> observer.told(node, note));
    }
    closed = true;
    operator.close();
  }
}
