// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.external.ByteOutput;

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
    return switch (layout.form(ordinal)) {
      case INT -> layout.getInt(row, ordinal);
      case LONG -> layout.getLong(row, ordinal);
      case SHORT -> layout.getShort(row, ordinal);
      case BOOLEAN -> layout.getBoolean(row, ordinal) ? 1 : 0;
      case FLOAT, DOUBLE, TEXT, PADDED_TEXT, OBJECT -> throw Invariant.unreachable("no long");
    };
  }

  @Override
  public double getDouble(int column) {
    int ordinal = ordinals[column];
    return layout.form(ordinal) == ColumnForm.FLOAT
        ? layout.getFloat(row, ordinal)
        : layout.getDouble(row, ordinal);
  }

  @Override
  public Object getObject(int column) {
    return layout.getObject(row, ordinals[column]);
  }

  @Override
  public String getText(int column) {
    return layout.getText(row, ordinals[column]);
  }

  /** The bytes of the row are UTF-8 already. */
  @Override
  public void putText(int column, ByteOutput target) {
    byte[] bytes = row.array();
    int from = layout.textStart(bytes, ordinals[column]);
    target.putBytes(bytes, from, layout.textEnd(bytes, ordinals[column]) - from);
  }

  @Override
  public void close() {
    passed = true;
  }
}
