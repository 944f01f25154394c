// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Rows that an operator keeps: columns that grow. */
final class ColumnBuffer {
  final Vector[] columns;
  int rows;

  /** Of what the columns refer to, for all rows that were ever appended since the last clear. */
  private long referredBytes;

  ColumnBuffer(List<Variable> layout) {
    columns = new Vector[layout.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(layout.get(i).type(), Batch.ROWS_FIRST);
    }
  }

  void append(Batch batch) {
    reserve(rows + batch.count);
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      for (int i = 0; i < columns.length; i++) {
        columns[i].set(rows, batch.columns[i], position);
        referredBytes += columns[i].referredBytes(rows);
      }
      rows++;
    }
  }

  void append(Vector[] row, int position) {
    reserve(rows + 1);
    for (int i = 0; i < columns.length; i++) {
      columns[i].set(rows, row[i], position);
      referredBytes += columns[i].referredBytes(rows);
    }
    rows++;
  }

  /**
   * Keeps some rows only, and room for no more.
   *
   * @param kept their numbers, ascending
   */
  void retain(int[] kept, int count) {
    referredBytes = 0;
    for (int i = 0; i < columns.length; i++) {
      Vector smaller = new Vector(columns[i].type, Math.max(Batch.ROWS_FIRST, count));
      smaller.gather(columns[i], kept, count);
      columns[i] = smaller;
      for (int row = 0; row < count; row++) {
        referredBytes += smaller.referredBytes(row);
      }
    }
    rows = count;
  }

  /** Forgets the rows, not their room. */
  void clear() {
    rows = 0;
    referredBytes = 0;
  }

  /** Forgets the rows and their room. */
  void release() {
    clear();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(columns[i].type, 0);
    }
  }

  /** Forgets the rows and what they refer to; keeps the arrays. */
  void forget() {
    clear();
    for (Vector column : columns) {
      column.forgetTexts();
    }
  }

  /** What the rows take, an estimate. */
  long heapBytes() {
    long bytes = referredBytes;
    for (Vector column : columns) {
      bytes += column.arrayBytes();
    }
    return bytes;
  }

  private void reserve(int capacity) {
    for (Vector column : columns) {
      column.ensure(capacity);
    }
  }

  /** Fills {@code target} with the rows at {@code positions[from]} and after. */
  void gather(int[] positions, int from, int count, Batch target) {
    for (int i = 0; i < columns.length; i++) {
      target.columns[i].ensure(count);
      for (int n = 0; n < count; n++) {
        target.columns[i].set(n, columns[i], positions[from + n]);
      }
    }
    target.setDense(count);
  }

  /** Vectors of the types of its columns, with room for a few rows. */
  static Vector[] like(ColumnBuffer buffer) {
    Vector[] columns = new Vector[buffer.columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(buffer.columns[i].type, Batch.ROWS_FIRST);
    }
    return columns;
  }

  /** An empty batch of these columns. */
  static Batch batchOf(List<Variable> layout) {
    return new Batch(new ColumnBuffer(layout).columns);
  }
}
