// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;

/** Pairs every outer row with every inner row, which it holds. */
final class NestedLoopOperator extends JoinOperator {
  private final OperatorFactory innerFactory;
  private final PhysicalPlan.NestedLoopJoin plan;
  private final Execution execution;
  private ColumnBuffer inner;
  private int next;

  NestedLoopOperator(
      OperatorFactory outer,
      OperatorFactory inner,
      PhysicalPlan.NestedLoopJoin plan,
      Execution execution) {
    super(outer.open(execution), plan.outer().output(), plan.inner().output(), execution);
    innerFactory = inner;
    this.plan = plan;
    this.execution = execution;
  }

  @Override
  void enterBatch(Batch batch) {
    if (inner != null) {
      return;
    }
    inner = new ColumnBuffer(plan.inner().output());
    Operator input = innerFactory.open(execution);
    try {
      for (Batch rows = input.next(); rows != null; rows = input.next()) {
        execution.cancellation().check();
        inner.append(rows);
      }
    } finally {
      input.close();
    }
  }

  @Override
  void enterRow(int position) {
    next = 0;
  }

  @Override
  boolean nextPartner(Vector[] columns, int first, int at) {
    if (next == inner.rows) {
      return false;
    }
    for (int i = 0; i < inner.columns.length; i++) {
      columns[first + i].set(at, inner.columns[i], next);
    }
    next++;
    return true;
  }
}
