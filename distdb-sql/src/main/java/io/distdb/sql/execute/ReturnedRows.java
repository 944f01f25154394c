// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/**
 * The rows of RETURNING: all are there before the first is read, so that a statement that has rows
 * to give is done, and can be repeated until then.
 */
public final class ReturnedRows implements RowSource {
  private Vector[] columns;
  private int rows;
  private long referredBytes;
  private int current = -1;

  /** Copies what is at the batch's positions. */
  void add(Vector[] values, Batch batch) {
    if (columns == null) {
      columns = new Vector[values.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Vector(values[i].type, batch.count);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].ensure(rows + batch.count);
      for (int n = 0; n < batch.count; n++) {
        columns[i].set(rows + n, values[i], batch.position(n));
        referredBytes += columns[i].referredBytes(rows + n);
      }
    }
    rows += batch.count;
  }

  /** What the rows take, an estimate. */
  long heapBytes() {
    long bytes = referredBytes;
    for (int i = 0; columns != null && i < columns.length; i++) {
      bytes += columns[i].arrayBytes();
    }
    return bytes;
  }

  void appendTo(ColumnBuffer buffer) {
    if (rows > 0) {
      Batch all = new Batch(columns);
      all.setDense(rows);
      buffer.append(all);
    }
  }

  @Override
  public boolean next() {
    return ++current < rows;
  }

  @Override
  public boolean isNull(int column) {
    return columns[column].nulls[current];
  }

  @Override
  public long getLong(int column) {
    return columns[column].longs[current];
  }

  @Override
  public double getDouble(int column) {
    return columns[column].doubles[current];
  }

  @Override
  public String getText(int column) {
    return columns[column].texts[current];
  }

  @Override
  public Object getObject(int column) {
    return columns[column].objects[current];
  }

  @Override
  public void close() {
    columns = null;
    rows = 0;
  }
}
