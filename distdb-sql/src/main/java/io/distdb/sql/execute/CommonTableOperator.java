// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;

/** Reads the rows that other operators read as well. */
final class CommonTableOperator implements Operator {
  private final int[] ordinals;
  private final Execution execution;
  private final SharedRows shared;
  private final Batch output;
  private int next;

  CommonTableOperator(PhysicalPlan.CommonTableScan scan, int[] ordinals, Execution execution) {
    this.ordinals = ordinals;
    this.execution = execution;
    shared = execution.commonTables().find(scan.id());
    output = ColumnBuffer.batchOf(scan.output());
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    if (next == shared.rows().rows && !shared.fetch(next)) {
      return null;
    }
    ColumnBuffer rows = shared.rows();
    int count = Math.min(Batch.ROWS_MAX, rows.rows - next);
    for (int i = 0; i < ordinals.length; i++) {
      Vector target = output.columns[i];
      Vector source = rows.columns[ordinals[i]];
      target.ensure(count);
      for (int n = 0; n < count; n++) {
        target.set(n, source, next + n);
      }
    }
    output.setDense(count);
    next += count;
    return output;
  }

  @Override
  public void close() {
    // the rows are whoever's shares them
  }
}
