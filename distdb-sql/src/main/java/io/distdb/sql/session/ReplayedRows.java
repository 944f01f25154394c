// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.execute.KeptRows;
import io.distdb.sql.execute.RowSource;

/** Rows that were read ahead, and what their query failed with after them. */
final class ReplayedRows implements RowSource {
  private final KeptRows stored;
  private final RuntimeException failure;
  private long next;

  /**
   * @param onRow whether the first row is the present one
   * @param failure null when all rows are there
   */
  ReplayedRows(KeptRows stored, boolean onRow, RuntimeException failure) {
    this.stored = stored;
    this.failure = failure;
    if (onRow) {
      stored.moveTo(0);
      next = 1;
    }
  }

  @Override
  public boolean next() {
    if (next < stored.size()) {
      stored.moveTo(next++);
      return true;
    }
    if (failure != null) {
      throw failure;
    }
    return false;
  }

  @Override
  public boolean isNull(int column) {
    return stored.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return stored.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return stored.getDouble(column);
  }

  @Override
  public String getText(int column) {
    return stored.getText(column);
  }

  @Override
  public Object getObject(int column) {
    return stored.getObject(column);
  }

  @Override
  public void close() {
    stored.close();
  }
}
