// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SetKind;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * INTERSECT and EXCEPT: numbers the distinct rows of the left side and counts how often each is on
 * either side; rows come out in the order in which the left side had them first.
 */
final class HashSetOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final PhysicalPlan.HashSetOperation plan;
    private final OperatorFactory left;
    private final OperatorFactory right;
    private final ColumnMapping leftMapping;
    private final ColumnMapping rightMapping;

    Factory(PhysicalPlan.HashSetOperation plan, OperatorFactory left, OperatorFactory right) {
      this.plan = plan;
      this.left = left;
      this.right = right;
      leftMapping = new ColumnMapping(plan.left().output(), plan.leftColumns());
      rightMapping = new ColumnMapping(plan.right().output(), plan.rightColumns());
    }

    @Override
    public Operator open(Execution execution) {
      return new HashSetOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final KeyTable rows;
  private final QueryMemory.Holding holding;
  private final Batch output;
  private long[] left = {};
  private long[] right = {};
  private boolean built;
  private int next;

  /** Copies of row {@link #next} that have come out. */
  private long copies;

  private HashSetOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    output = ColumnBuffer.batchOf(plan.plan.output());
    rows = new KeyTable(output.columns);
    holding = execution.memory().holding("set operation");
  }

  @Override
  public Batch next() {
    if (!built) {
      built = true;
      count(plan.left, plan.leftMapping.fresh(), true);
      if (rows.size() > 0) {
        count(plan.right, plan.rightMapping.fresh(), false);
      }
    }
    execution.cancellation().check();
    int filled = 0;
    while (next < rows.size() && filled < Batch.ROWS_MAX) {
      if (copies >= wanted(next)) {
        next++;
        copies = 0;
        continue;
      }
      for (int i = 0; i < output.columns.length; i++) {
        output.columns[i].ensure(filled + 1);
        output.columns[i].set(filled, rows.keys()[i], next);
      }
      copies++;
      filled++;
    }
    output.setDense(filled);
    return filled == 0 ? null : output;
  }

  private void count(OperatorFactory factory, ColumnMapping mapping, boolean isLeft) {
    Operator input = factory.open(execution);
    try {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        execution.cancellation().check();
        Batch mapped = mapping.apply(batch);
        for (int n = 0; n < mapped.count; n++) {
          count(mapped.columns, mapped.position(n), isLeft);
        }
        holding.set(rows.heapBytes() + 8L * (left.length + right.length));
      }
    } finally {
      input.close();
    }
  }

  private void count(Vector[] columns, int position, boolean isLeft) {
    if (isLeft) {
      int row = rows.findOrAdd(columns, position);
      if (row >= left.length) {
        left = Arrays.copyOf(left, Math.max(16, row * 2));
        right = Arrays.copyOf(right, left.length);
      }
      left[row]++;
    } else {
      int row = rows.find(columns, position);
      if (row != KeyTable.ABSENT) {
        right[row]++;
      }
    }
  }

  private long wanted(int row) {
    boolean except = plan.plan.kind() == SetKind.EXCEPT;
    if (!plan.plan.all()) {
      return (right[row] == 0) == except ? 1 : 0;
    }
    return except ? left[row] - right[row] : Math.min(left[row], right[row]);
  }

  @Override
  public void close() {
    built = true;
    holding.release();
    next = rows.size();
  }
}
