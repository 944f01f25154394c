// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.vector.Vector;
import java.time.ZoneOffset;

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
    switch (layout.form(ordinal)) {
      case BOOLEAN -> target.longs[at] = layout.getBoolean(row, ordinal) ? 1 : 0;
      case SHORT -> target.longs[at] = layout.getShort(row, ordinal);
      case INT -> target.longs[at] = layout.getInt(row, ordinal);
      case LONG -> target.longs[at] = layout.getLong(row, ordinal);
      case FLOAT -> target.doubles[at] = layout.getFloat(row, ordinal);
      case DOUBLE -> target.doubles[at] = layout.getDouble(row, ordinal);
      case TEXT, PADDED_TEXT -> target.texts[at] = layout.getText(row, ordinal);
      case OBJECT -> target.objects[at] = layout.getObject(row, ordinal);
    }
  }

  /** Reads the next column of a key into row {@code at} of {@code target}. */
  static void read(KeyReader key, KeyColumn column, Vector target, int at) {
    boolean isNull = key.readNull(column);
    target.nulls[at] = isNull;
    if (isNull) {
      return;
    }
    switch (column.form()) {
      case BOOLEAN -> target.longs[at] = key.readBoolean(column) ? 1 : 0;
      case SHORT -> target.longs[at] = key.readShort(column);
      case INT -> target.longs[at] = key.readInt(column);
      case LONG -> target.longs[at] = key.readLong(column);
      case FLOAT -> target.doubles[at] = key.readFloat(column);
      case DOUBLE -> target.doubles[at] = key.readDouble(column);
      case TEXT, PADDED_TEXT -> target.texts[at] = key.readText(column);
      case OBJECT -> target.objects[at] = key.readObject(column);
    }
  }

  static void write(RowWriter row, int ordinal, Vector source, int at) {
    if (source.nulls[at]) {
      row.setNull(ordinal);
      return;
    }
    switch (source.form) {
      case BOOLEAN, SHORT, INT, LONG -> row.setLong(ordinal, source.longs[at]);
      case FLOAT -> row.setFloat(ordinal, (float) source.doubles[at]);
      case DOUBLE -> row.setDouble(ordinal, source.doubles[at]);
      case TEXT, PADDED_TEXT -> row.setText(ordinal, source.texts[at]);
      case OBJECT -> row.setObject(ordinal, source.objects[at]);
    }
  }

  /** Puts a value of fixed size over column {@code ordinal} of {@code row}. */
  static void overwrite(RowLayout layout, byte[] row, int ordinal, Vector source, int at) {
    if (source.nulls[at]) {
      layout.overwrite(row, ordinal, true, 0);
    } else if (source.longs != null) {
      layout.overwrite(row, ordinal, false, source.longs[at]);
    } else {
      double number = source.doubles[at];
      long bits =
          source.form == ColumnForm.FLOAT
              ? Float.floatToRawIntBits((float) number)
              : Double.doubleToRawLongBits(number);
      layout.overwrite(row, ordinal, false, bits);
    }
  }

  /** Appends a value to a key; NULL too, when the column takes it. */
  static void append(KeyWriter key, KeyColumn column, Vector source, int at) {
    if (source.nulls[at]) {
      key.appendNull(column);
      return;
    }
    switch (column.form()) {
      case BOOLEAN -> key.appendBoolean(column, source.longs[at] != 0);
      case SHORT -> key.appendShort(column, (short) source.longs[at]);
      case INT -> key.appendInt(column, (int) source.longs[at]);
      case LONG -> key.appendLong(column, source.longs[at]);
      case FLOAT -> key.appendFloat(column, (float) source.doubles[at]);
      case DOUBLE -> key.appendDouble(column, source.doubles[at]);
      case TEXT, PADDED_TEXT -> key.appendText(column, source.texts[at]);
      case OBJECT -> key.appendObject(column, source.objects[at]);
    }
  }

  /** The value as error messages show it. */
  static String text(Vector source, int at) {
    return source.nulls[at] ? "null" : TypeOutput.text(source.get(at), ZoneOffset.UTC);
  }
}
