// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Every inner row goes with every outer row; they are held. */
final class LoopPartners implements Partners.Held {
  private final OperatorFactory factory;
  private final List<Variable> layout;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private ColumnBuffer inner;
  private int next;

  LoopPartners(OperatorFactory factory, List<Variable> layout, Execution execution) {
    this.factory = factory;
    this.layout = layout;
    this.execution = execution;
    holding = execution.memory().holding("inner side of the nested loop join");
  }

  @Override
  public ColumnBuffer rows() {
    if (inner != null) {
      return inner;
    }
    inner = new ColumnBuffer(layout);
    Operator input = factory.open(execution);
    try {
      for (Batch rows = input.next(); rows != null; rows = input.next()) {
        execution.cancellation().check();
        inner.append(rows);
        holding.set(inner.heapBytes());
      }
    } finally {
      input.close();
    }
    return inner;
  }

  @Override
  public void enterBatch(Batch batch) {
    rows();
  }

  @Override
  public void enterRow(int position) {
    next = 0;
  }

  @Override
  public boolean next(Vector[] columns, int first, int at) {
    if (next == inner.rows) {
      return false;
    }
    for (int i = 0; i < inner.columns.length; i++) {
      columns[first + i].set(at, inner.columns[i], next);
    }
    next++;
    return true;
  }

  @Override
  public int current() {
    return next - 1;
  }

  @Override
  public void close() {
    inner = null;
    holding.release();
  }
}
