// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * What joins have in common: they walk over outer rows, and for each over its partners, and copy
 * pairs into batches of the outer columns followed by the inner ones.
 */
abstract class JoinOperator implements Operator {
  private final Operator outer;
  private final Execution execution;
  private final int outerColumns;
  private final Batch output;
  private Batch outerBatch;
  private int ordinal;
  private boolean within;
  private int capacity = Batch.ROWS_FIRST;

  JoinOperator(
      Operator outer, List<Variable> outerLayout, List<Variable> innerLayout, Execution execution) {
    this.outer = outer;
    this.execution = execution;
    outerColumns = outerLayout.size();
    List<Variable> layout = new ArrayList<>(outerLayout);
    layout.addAll(innerLayout);
    output = ColumnBuffer.batchOf(layout);
  }

  /** A new outer batch is there. */
  abstract void enterBatch(Batch batch);

  /** Goes to the partners of the outer row at {@code position}. */
  abstract void enterRow(int position);

  /** Whether there is another partner; copies its columns to row {@code at} from {@code first}. */
  abstract boolean nextPartner(Vector[] columns, int first, int at);

  @Override
  public final Batch next() {
    execution.cancellation().check();
    int rows = 0;
    while (rows < Batch.ROWS_MAX && (within || advance())) {
      if (rows == capacity) {
        capacity = Batch.grow(rows);
        for (Vector column : output.columns) {
          column.ensure(capacity);
        }
      }
      if (nextPartner(output.columns, outerColumns, rows)) {
        int position = outerBatch.position(ordinal);
        for (int i = 0; i < outerColumns; i++) {
          output.columns[i].set(rows, outerBatch.columns[i], position);
        }
        rows++;
      } else {
        within = false;
      }
    }
    output.setDense(rows);
    return rows == 0 ? null : output;
  }

  /** Moves to the next outer row. */
  private boolean advance() {
    ordinal++;
    if (outerBatch == null || ordinal >= outerBatch.count) {
      outerBatch = outer.next();
      ordinal = 0;
      if (outerBatch == null) {
        return false;
      }
      enterBatch(outerBatch);
    }
    enterRow(outerBatch.position(ordinal));
    within = true;
    return true;
  }

  @Override
  public void close() {
    outer.close();
  }
}
