// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Reads all of its input before it gives the first row: for INSERT … SELECT of the table that is
 * inserted into, which must not meet the new rows.
 */
final class WholeOperator implements Operator {
  private final Operator input;
  private final QueryMemory.Holding holding;
  private final Execution execution;
  private final ColumnBuffer rows;
  private final Batch batch;
  private boolean read;
  private int next;

  WholeOperator(Operator input, List<Variable> output, Execution execution) {
    this.input = input;
    this.execution = execution;
    holding = execution.memory().holding("source of the INSERT");
    rows = new ColumnBuffer(output);
    batch = ColumnBuffer.batchOf(output);
  }

  @Override
  public Batch next() {
    if (!read) {
      for (Batch some = input.next(); some != null; some = input.next()) {
        execution.cancellation().check();
        rows.append(some);
        holding.set(rows.heapBytes());
      }
      read = true;
    }
    execution.cancellation().check();
    int count = Math.min(Batch.ROWS_MAX, rows.rows - next);
    if (count == 0) {
      return null;
    }
    for (int i = 0; i < batch.columns.length; i++) {
      Vector target = batch.columns[i];
      target.ensure(count);
      for (int n = 0; n < count; n++) {
        target.set(n, rows.columns[i], next + n);
      }
    }
    batch.setDense(count);
    next += count;
    return batch;
  }

  @Override
  public void close() {
    input.close();
    holding.release();
  }
}
