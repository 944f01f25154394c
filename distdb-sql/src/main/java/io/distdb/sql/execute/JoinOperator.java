// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * An inner join without a further condition: walks over outer rows, and for each over its partners,
 * and copies pairs into batches of the outer columns followed by the inner ones.
 */
final class JoinOperator implements Operator {
  private final Operator outer;
  private final Partners partners;
  private final Execution execution;
  private final int outerColumns;
  private final Batch output;
  private Batch outerBatch;
  private int ordinal;
  private boolean within;
  private int capacity = Batch.ROWS_FIRST;

  /** The partners when they are asked for pairs; else null. */
  private final Partners.Paired held;

  private final int[] outerRows;
  private final int[] innerRows;

  JoinOperator(
      Operator outer,
      Partners partners,
      List<Variable> layout,
      int outerColumns,
      Execution execution) {
    this.outer = outer;
    this.partners = partners;
    this.execution = execution;
    this.outerColumns = outerColumns;
    output = ColumnBuffer.batchOf(layout);
    held = partners instanceof Partners.Paired paired ? paired : null;
    outerRows = held == null ? null : new int[Batch.ROWS_MAX];
    innerRows = held == null ? null : new int[Batch.ROWS_MAX];
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    return held == null ? nextRows() : nextPairs();
  }

  /** Pairs first, then column by column. */
  private Batch nextPairs() {
    int pairs = 0;
    while (pairs == 0) {
      if (outerBatch == null) {
        outerBatch = outer.next();
        if (outerBatch == null) {
          output.setDense(0);
          return null;
        }
        partners.enterBatch(outerBatch);
      }
      pairs = held.pairs(outerBatch, outerRows, innerRows);
      if (pairs == 0) {
        outerBatch = null;
      }
    }
    for (int i = 0; i < output.columns.length; i++) {
      Vector column = output.columns[i];
      column.ensure(pairs);
      if (i < outerColumns) {
        column.gather(outerBatch.columns[i], outerRows, pairs);
      } else {
        column.gather(held.rows().columns[i - outerColumns], innerRows, pairs);
      }
    }
    output.setDense(pairs);
    return output;
  }

  private Batch nextRows() {
    int rows = 0;
    while (rows < Batch.ROWS_MAX && (within || advance())) {
      if (rows == capacity) {
        capacity = Batch.grow(rows);
        for (Vector column : output.columns) {
          column.ensure(capacity);
        }
      }
      if (partners.next(output.columns, outerColumns, rows)) {
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
      partners.enterBatch(outerBatch);
    }
    partners.enterRow(outerBatch.position(ordinal));
    within = true;
    return true;
  }

  @Override
  public void close() {
    partners.close();
    outer.close();
  }
}
