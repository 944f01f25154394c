// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes rows of one {@link RowLayout}: set or copy every column, then {@link #finish}. Reusable;
 * used by one thread.
 */
public final class RowWriter {
  private static final byte[] NO_TEXT = new byte[0];

  private final RowLayout layout;
  private final boolean[] nulls;
  private final long[] numbers;
  private final byte[][] texts;
  private final int[] textFrom;
  private final int[] textLength;

  public RowWriter(RowLayout layout) {
    this.layout = layout;
    int count = layout.columnCount();
    nulls = new boolean[count];
    numbers = new long[count];
    texts = new byte[count][];
    textFrom = new int[count];
    textLength = new int[count];
  }

  public void setNull(int column) {
    nulls[column] = true;
    numbers[column] = 0;
    setText(column, NO_TEXT, 0, 0);
  }

  /** Sets a boolean (0 or 1), a whole number, a date or a time. */
  public void setLong(int column, long value) {
    nulls[column] = false;
    numbers[column] = value;
  }

  public void setDouble(int column, double value) {
    nulls[column] = false;
    numbers[column] = Double.doubleToRawLongBits(value);
  }

  /** Sets a REAL. */
  public void setFloat(int column, float value) {
    nulls[column] = false;
    numbers[column] = Float.floatToRawIntBits(value);
  }

  /** Sets a NUMERIC, BYTEA, INTERVAL, UUID or array. */
  public void setObject(int column, Object value) {
    byte[] bytes = ObjectBytes.encode(value);
    nulls[column] = false;
    setText(column, bytes, 0, bytes.length);
  }

  public void setText(int column, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    nulls[column] = false;
    setText(column, utf8, 0, utf8.length);
  }

  private void setText(int column, byte[] source, int from, int length) {
    texts[column] = source;
    textFrom[column] = from;
    textLength[column] = length;
  }

  /** Takes {@code column} from a row of the same layout. */
  public void copy(int column, Bytes row) {
    if (layout.isNull(row, column)) {
      setNull(column);
      return;
    }
    nulls[column] = false;
    switch (layout.form(column)) {
      case BOOLEAN -> numbers[column] = layout.getBoolean(row, column) ? 1 : 0;
      case SHORT -> numbers[column] = layout.getShort(row, column);
      case INT, FLOAT -> numbers[column] = layout.getInt(row, column);
      case LONG, DOUBLE -> numbers[column] = layout.getLong(row, column);
      case TEXT, PADDED_TEXT, OBJECT -> {
        int from = layout.textStart(row.array(), column);
        setText(column, row.array(), from, layout.textEnd(row.array(), column) - from);
      }
    }
  }

  /**
   * The row. Every column must have been set since the last one or keeps its value.
   *
   * @throws DistDbException {@code PROGRAM_LIMIT_EXCEEDED}: longer than {@link
   *     Limits#VALUE_BYTES_MAX}
   */
  public Bytes finish() {
    int count = layout.columnCount();
    long textBytes = 0;
    for (int i = 0; i < count; i++) {
      textBytes += textLength[i];
    }
    boolean wide = textBytes > 0xffff;
    int slots = RowLayout.HEADER_BYTES + RowLayout.bitmapBytes(count);
    int textArea = slots + layout.slot(count, wide);
    if (textArea + textBytes > Limits.VALUE_BYTES_MAX) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "row of "
              + (textArea + textBytes)
              + " bytes exceeds the maximum of "
              + Limits.VALUE_BYTES_MAX);
    }
    byte[] row = new byte[textArea + (int) textBytes];
    row[0] = (byte) (RowLayout.VERSION << 4 | (wide ? RowLayout.WIDE : 0));
    RowLayout.SHORT.set(row, 1, (short) count);
    int textEnd = 0;
    for (int i = 0; i < count; i++) {
      if (nulls[i]) {
        row[RowLayout.HEADER_BYTES + (i >>> 3)] |= (byte) (1 << (i & 7));
      }
      int slot = slots + layout.slot(i, wide);
      if (layout.form(i).isFixed()) {
        RowLayout.put(row, slot, layout.form(i), numbers[i]);
      } else {
        System.arraycopy(texts[i], textFrom[i], row, textArea + textEnd, textLength[i]);
        textEnd += textLength[i];
        putTextEnd(row, slot, textEnd, wide);
      }
    }
    return Bytes.wrap(row);
  }

  /** Lets go of the texts it holds. */
  public void clear() {
    Arrays.fill(texts, NO_TEXT);
    Arrays.fill(textLength, 0);
  }

  private static void putTextEnd(byte[] row, int slot, int end, boolean wide) {
    if (wide) {
      RowLayout.INT.set(row, slot, end);
    } else {
      RowLayout.SHORT.set(row, slot, (short) end);
    }
  }
}
