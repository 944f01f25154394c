// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/**
 * Some rows, column by column. Valid until its operator is asked for the next one.
 *
 * <p>{@code selected} lists the positions of the rows within the vectors, ascending; null means
 * positions 0 to {@code count - 1}. So a filter moves nothing.
 */
final class Batch {
  /** Most rows of a batch. */
  static final int ROWS_MAX = 1024;

  /** Rows of a first batch: a LIMIT 1 pays for no more. */
  static final int ROWS_FIRST = 16;

  /** Rows of a first batch of a plan whose last run had many. */
  private static final int ROWS_FIRST_MAX = 256;

  Vector[] columns;
  int count;
  int[] selected;

  /** One more than the highest position in use. */
  int extent;

  Batch(Vector[] columns) {
    this.columns = columns;
  }

  /** All of the first {@code rows} positions. */
  void setDense(int rows) {
    count = rows;
    selected = null;
    extent = rows;
  }

  /** Position of the {@code n}-th row. */
  int position(int n) {
    return selected == null ? n : selected[n];
  }

  /** Rows of a first batch that is not full when it has {@code rows} rows, within bounds. */
  static int first(long rows) {
    return (int) Math.clamp(rows + 1, ROWS_FIRST, ROWS_FIRST_MAX);
  }

  /** What a batch after one of {@code rows} rows should have. */
  static int grow(int rows) {
    return Math.min(ROWS_MAX, rows * 4);
  }
}
