// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Value;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;

/** Rows of a live table: all are made when the first is asked for, as of one moment. */
final class LiveScanOperator implements Operator {
  private final PhysicalPlan.LiveScan plan;
  private final Execution execution;
  private final Batch output;
  private List<List<Value>> rows;
  private int next;

  LiveScanOperator(PhysicalPlan.LiveScan plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    output = ColumnBuffer.batchOf(plan.output());
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    if (rows == null) {
      rows = plan.table().rows(execution.environment());
    }
    int count = Math.min(rows.size() - next, Batch.ROWS_MAX);
    if (count <= 0) {
      return null;
    }
    for (int column = 0; column < output.columns.length; column++) {
      output.columns[column].ensure(count);
      for (int row = 0; row < count; row++) {
        output.columns[column].set(row, rows.get(next + row).get(column));
      }
    }
    next += count;
    output.setDense(count);
    return output;
  }

  @Override
  public void close() {
    rows = List.of();
  }
}
