// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.RowLayout;

/** At most one row, read from its stored form: the answer of a point query without expressions. */
final class StoredRow implements RowSource {
  private final RowLayout layout;
  private final int[] ordinals;
  private final Bytes row;
  private boolean passed;

  /**
   * @param row null for no row
   */
  StoredRow(RowLayout layout, int[] ordinals, Bytes row) {
    this.layout = layout;
    this.ordinals = ordinals;
    this.row = row;
  }

  @Override
  public boolean next() {
    boolean first = !passed;
    passed = true;
    return first && row != null;
  }

  @Override
  public boolean isNull(int column) {
    return layout.isNull(row, ordinals[column]);
  }

  @Override
  public long getLong(int column) {
    int ordinal = ordinals[column];
    SqlType.Scalar type = layout.type(ordinal);
    if (type == SqlType.Scalar.INTEGER) {
      return layout.getInt(row, ordinal);
    }
    return type == SqlType.Scalar.BOOLEAN
        ? layout.getBoolean(row, ordinal) ? 1 : 0
        : layout.getLong(row, ordinal);
  }

  @Override
  public double getDouble(int column) {
    return layout.getDouble(row, ordinals[column]);
  }

  @Override
  public String getText(int column) {
    return layout.getText(row, ordinals[column]);
  }

  @Override
  public void close() {
    passed = true;
  }
}
