// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/**
 * Sorts rows of a buffer by some of its columns, stably, by a merge sort over row numbers. Columns
 * may be replaced by others of the same types between two sorts.
 */
final class RowSorter {
  /** What it takes for each row while it sorts. */
  static final long ROW_BYTES = 2L * Integer.BYTES;

  private final int[] columns;
  private final boolean[] descending;
  private final boolean[] nullsFirst;
  private ColumnBuffer buffer;

  /**
   * @param columns positions in the buffer
   */
  RowSorter(int[] columns, boolean[] descending, boolean[] nullsFirst) {
    this.columns = columns;
    this.descending = descending;
    this.nullsFirst = nullsFirst;
  }

  /** The numbers of all rows, in order. */
  int[] sort(ColumnBuffer rows) {
    buffer = rows;
    int[] order = new int[rows.rows];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    mergeSort(order.clone(), order, 0, order.length);
    return order;
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
    return compare(buffer.columns, leftRow, buffer.columns, rightRow);
  }

  /** The order of two rows of buffers of the same columns: negative, 0 or positive. */
  int compare(Vector[] left, int leftRow, Vector[] right, int rightRow) {
    for (int i = 0; i < columns.length; i++) {
      Vector column = left[columns[i]];
      Vector other = right[columns[i]];
      boolean leftNull = column.nulls[leftRow];
      boolean rightNull = other.nulls[rightRow];
      if (leftNull || rightNull) {
        if (leftNull != rightNull) {
          return leftNull == nullsFirst[i] ? -1 : 1;
        }
        continue;
      }
      int compared = column.compare(leftRow, other, rightRow);
      if (compared != 0) {
        return descending[i] ? -compared : compared;
      }
    }
    return 0;
  }
}
