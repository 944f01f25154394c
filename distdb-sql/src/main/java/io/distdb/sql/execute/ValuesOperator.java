// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Rows of constants, each evaluated once. */
final class ValuesOperator implements Operator {
  private final Program expressions;
  private final Frame frame;
  private Execution execution;
  private final int rows;
  private final Batch batch;
  private int next;

  /**
   * @param expressions row by row
   */
  ValuesOperator(List<Variable> output, Program expressions, int rows, Execution execution) {
    this.expressions = expressions;
    this.rows = rows;
    frame = expressions.frame();
    Vector[] columns = new Vector[output.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(output.get(i).type(), Math.min(rows, Batch.ROWS_MAX));
    }
    batch = new Batch(columns);
    begin(execution);
  }

  /** Begins again, for another execution. */
  ValuesOperator begin(Execution newExecution) {
    execution = newExecution;
    frame.renew(execution);
    next = 0;
    return this;
  }

  /** Lets go of the values of the execution that is over; whether the rest is worth keeping. */
  boolean release() {
    execution = null;
    frame.release();
    for (Vector column : batch.columns) {
      column.forgetTexts();
    }
    return rows <= KeptRuns.ROWS_MAX;
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    int count = Math.min(rows - next, Batch.ROWS_MAX);
    if (count <= 0) {
      return null;
    }
    Vector[] columns = batch.columns;
    for (int row = 0; row < count; row++, next++) {
      for (int i = 0; i < columns.length; i++) {
        Vector value = expressions.evaluateConstant(next * columns.length + i, frame);
        columns[i].set(row, value, 0);
      }
    }
    batch.setDense(count);
    return batch;
  }

  @Override
  public void close() {
    next = rows;
  }
}
