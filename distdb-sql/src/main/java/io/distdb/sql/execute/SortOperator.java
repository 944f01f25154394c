// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import java.util.List;

/**
 * Sorts all rows of its input, stably, by a merge sort over row numbers. When only the first rows
 * are asked for, it cuts its buffer back to them whenever the buffer has grown to several times as
 * many, so that memory and time depend on the limit.
 */
final class SortOperator implements Operator {
  /** A buffer shorter than this is not cut back. */
  private static final int CUT_ROWS_MIN = 4096;

  private final Operator input;
  private final QueryMemory.Holding holding;
  private final Execution execution;
  private final List<Variable> layout;
  private final RowSorter sorter;
  private final long needed;
  private ColumnBuffer buffer;
  private int[] order;
  private int next;
  private final Batch output;

  SortOperator(
      Operator input, List<Variable> layout, List<SortKey> keys, long needed, Execution execution) {
    this.input = input;
    this.execution = execution;
    this.layout = layout;
    holding = execution.memory().holding("sort");
    this.needed = needed;
    int[] keyColumns = new int[keys.size()];
    boolean[] descending = new boolean[keys.size()];
    boolean[] nullsFirst = new boolean[keys.size()];
    for (int i = 0; i < keyColumns.length; i++) {
      keyColumns[i] = layout.indexOf(keys.get(i).variable());
      descending[i] = keys.get(i).descending();
      nullsFirst[i] = keys.get(i).nullsFirst();
    }
    sorter = new RowSorter(keyColumns, descending, nullsFirst);
    output = ColumnBuffer.batchOf(layout);
  }

  @Override
  public Batch next() {
    if (order == null) {
      collect();
    }
    int count = (int) Math.min(Math.min(Batch.ROWS_MAX, order.length - next), needed - next);
    if (count <= 0) {
      return null;
    }
    buffer.gather(order, next, count, output);
    next += count;
    return output;
  }

  private void collect() {
    buffer = new ColumnBuffer(layout);
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      buffer.append(batch);
      if (buffer.rows >= CUT_ROWS_MIN && buffer.rows / 4 >= needed) {
        cut();
      }
      holding.set(buffer.heapBytes() + RowSorter.ROW_BYTES * buffer.rows);
    }
    input.close();
    order = sorter.sort(buffer);
  }

  /** Keeps the first rows only; their order among equals stays that of arrival. */
  private void cut() {
    int[] positions = sorter.sort(buffer);
    ColumnBuffer kept = new ColumnBuffer(layout);
    Batch rows = ColumnBuffer.batchOf(layout);
    buffer.gather(positions, 0, (int) needed, rows);
    kept.append(rows);
    buffer = kept;
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    buffer = null;
    order = new int[0];
  }
}
