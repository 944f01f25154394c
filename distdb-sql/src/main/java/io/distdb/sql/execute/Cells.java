// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;

/** Moves single values between vectors and their stored forms. */
final class Cells {
  private Cells() {}

  /** Reads column {@code ordinal} of a stored row into row {@code at} of {@code target}. */
  static void read(RowLayout layout, Bytes row, int ordinal, Vector target, int at) {
    boolean isNull = layout.isNull(row, ordinal);
    target.nulls[at] = isNull;
    if (isNull) {
      return;
    }
    switch (layout.type(ordinal)) {
      case BOOLEAN -> target.longs[at] = layout.getBoolean(row, ordinal) ? 1 : 0;
      case INTEGER -> target.longs[at] = layout.getInt(row, ordinal);
      case BIGINT -> target.longs[at] = layout.getLong(row, ordinal);
      case DOUBLE_PRECISION -> target.doubles[at] = layout.getDouble(row, ordinal);
      case TEXT -> target.texts[at] = layout.getText(row, ordinal);
    }
  }

  static void write(RowWriter row, int ordinal, Vector source, int at) {
    if (source.nulls[at]) {
      row.setNull(ordinal);
      return;
    }
    switch (source.type) {
      case BOOLEAN, INTEGER, BIGINT -> row.setLong(ordinal, source.longs[at]);
      case DOUBLE_PRECISION -> row.setDouble(ordinal, source.doubles[at]);
      case TEXT -> row.setText(ordinal, source.texts[at]);
    }
  }

  /** Puts a value of fixed size over column {@code ordinal} of {@code row}. */
  static void overwrite(RowLayout layout, byte[] row, int ordinal, Vector source, int at) {
    if (source.nulls[at]) {
      layout.overwrite(row, ordinal, true, 0);
    } else if (source.longs != null) {
      layout.overwrite(row, ordinal, false, source.longs[at]);
    } else {
      layout.overwrite(row, ordinal, false, Double.doubleToRawLongBits(source.doubles[at]));
    }
  }

  /** Appends a value to a key; NULL too, when the column takes it. */
  static void append(KeyWriter key, KeyColumn column, Vector source, int at) {
    if (source.nulls[at]) {
      key.appendNull(column);
      return;
    }
    switch (column.type()) {
      case BOOLEAN -> key.appendBoolean(column, source.longs[at] != 0);
      case INTEGER -> key.appendInt(column, (int) source.longs[at]);
      case BIGINT -> key.appendLong(column, source.longs[at]);
      case DOUBLE_PRECISION -> key.appendDouble(column, source.doubles[at]);
      case TEXT -> key.appendText(column, source.texts[at]);
    }
  }

  /** The value as error messages show it. */
  static String text(Vector source, int at) {
    if (source.nulls[at]) {
      return "null";
    }
    return switch (source.type) {
      case BOOLEAN -> source.longs[at] != 0 ? "t" : "f";
      case INTEGER, BIGINT -> Long.toString(source.longs[at]);
      case DOUBLE_PRECISION -> DoubleText.of(source.doubles[at]);
      case TEXT -> source.texts[at];
    };
  }
}
