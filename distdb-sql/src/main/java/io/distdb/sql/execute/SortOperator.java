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
  private final Execution execution;
  private final List<Variable> layout;
  private final int[] keyColumns;
  private final boolean[] descending;
  private final boolean[] nullsFirst;
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
    this.needed = needed;
    keyColumns = new int[keys.size()];
    descending = new boolean[keys.size()];
    nullsFirst = new boolean[keys.size()];
    for (int i = 0; i < keyColumns.length; i++) {
      keyColumns[i] = layout.indexOf(keys.get(i).variable());
      descending[i] = keys.get(i).descending();
      nullsFirst[i] = keys.get(i).nullsFirst();
    }
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
    }
    input.close();
    order = sorted();
  }

  /** Keeps the first rows only; their order among equals stays that of arrival. */
  private void cut() {
    int[] positions = sorted();
    ColumnBuffer kept = new ColumnBuffer(layout);
    Batch rows = ColumnBuffer.batchOf(layout);
    buffer.gather(positions, 0, (int) needed, rows);
    kept.append(rows);
    buffer = kept;
  }

  private int[] sorted() {
    int[] rows = new int[buffer.rows];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    mergeSort(rows.clone(), rows, 0, rows.length);
    return rows;
  }

  /** Sorts {@code target[from..to)}, of which {@code source} has a copy. */
  private void mergeSort(int[] source, int[] target, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(target, source, from, middle);
    mergeSort(target, source, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft = right == to || left < middle && compare(source[left], source[right]) <= 0;
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }

  private int compare(int leftRow, int rightRow) {
    for (int i = 0; i < keyColumns.length; i++) {
      Vector column = buffer.columns[keyColumns[i]];
      boolean leftNull = column.nulls[leftRow];
      boolean rightNull = column.nulls[rightRow];
      if (leftNull || rightNull) {
        if (leftNull != rightNull) {
          return leftNull == nullsFirst[i] ? -1 : 1;
        }
        continue;
      }
      int compared = column.compare(leftRow, column, rightRow);
      if (compared != 0) {
        return descending[i] ? -compared : compared;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    input.close();
    buffer = null;
    order = new int[0];
  }
}
