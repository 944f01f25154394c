// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Value;
import io.distdb.sql.vector.Vector;

/** The rows of a plan that is run anew for each outer row. */
final class LateralPartners implements Partners {
  private final OperatorFactory inner;
  private final int[] slots;
  private final int[] positions;
  private final Execution execution;
  private Batch outer;
  private Operator operator;
  private Batch batch;
  private int next;

  /**
   * @param positions of the columns of the outer batch that go into {@code slots}
   */
  LateralPartners(OperatorFactory inner, int[] slots, int[] positions, Execution execution) {
    this.inner = inner;
    this.slots = slots;
    this.positions = positions;
    this.execution = execution;
  }

  @Override
  public void enterBatch(Batch entered) {
    outer = entered;
  }

  @Override
  public void enterRow(int position) {
    close();
    Value[] values = new Value[slots.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = outer.columns[positions[i]].get(position);
    }
    operator = inner.open(execution.correlated(slots, values));
    batch = null;
    next = 0;
  }

  @Override
  public boolean next(Vector[] columns, int first, int at) {
    while (batch == null || next == batch.count) {
      batch = operator.next();
      next = 0;
      if (batch == null) {
        close();
        return false;
      }
    }
    int row = batch.position(next++);
    for (int i = 0; i < batch.columns.length; i++) {
      columns[first + i].set(at, batch.columns[i], row);
    }
    return true;
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }
}
