// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the columns of a row are, so that one is read without the others.
 *
 * <p>Design: a header (version, column count, null bitmap), then one slot of fixed size for each
 * column, then the texts. A number's slot holds it; a text's slot holds where the text ends, and it
 * begins where the text column before it ends. So every column is found from its ordinal with one
 * or two loads, NULLs keep their slot, and a row written before columns were appended to its table
 * says so by its count: the columns it lacks are NULL. Slots of texts have 2 bytes, or 4 in a row
 * whose texts are longer than 65,535 bytes together. Byte table: {@code
 * docs/formats/keys-and-rows.md}.
 *
 * <p>Immutable. Rows are read as they were written by {@link RowWriter}: storage checks sums, so
 * only the version is checked here.
 */
public final class RowLayout {
  /** High half of a row's first byte. */
  static final int VERSION = 1;

  /** In a row's first byte: text slots have 4 bytes. */
  static final int WIDE = 1;

  static final int HEADER_BYTES = 3;

  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final SqlType.Scalar[] types;

  /** Slot offsets after the bitmap; one more entry than columns: where the slots end. */
  private final int[] narrow;

  private final int[] wide;

  /** The text column before each column, or -1. */
  private final int[] textBefore;

  public RowLayout(List<? extends SqlType> columnTypes) {
    int count = columnTypes.size();
    types = new SqlType.Scalar[count];
    narrow = new int[count + 1];
    wide = new int[count + 1];
    textBefore = new int[count + 1];
    int lastText = -1;
    for (int i = 0; i < count; i++) {
      types[i] =
          switch (columnTypes.get(i)) {
            case SqlType.Scalar scalar -> scalar;
          };
      textBefore[i] = lastText;
      narrow[i + 1] = narrow[i] + slotBytes(types[i], 2);
      wide[i + 1] = wide[i] + slotBytes(types[i], 4);
      if (types[i] == SqlType.Scalar.TEXT) {
        lastText = i;
      }
    }
    textBefore[count] = lastText;
  }

  private static int slotBytes(SqlType.Scalar type, int textSlot) {
    return switch (type) {
      case BOOLEAN -> 1;
      case INTEGER -> 4;
      case BIGINT, DOUBLE_PRECISION -> 8;
      case TEXT -> textSlot;
    };
  }

  public int columnCount() {
    return types.length;
  }

  public SqlType.Scalar type(int column) {
    return types[column];
  }

  /** Where the slot of {@code column} is after the bitmap. */
  int slot(int column, boolean isWide) {
    return isWide ? wide[column] : narrow[column];
  }

  static int bitmapBytes(int columns) {
    return (columns + 7) >>> 3;
  }

  /** NULL, or absent from a row that is older than the column. */
  public boolean isNull(Bytes row, int column) {
    byte[] bytes = row.array();
    return column >= count(bytes)
        || (bytes[HEADER_BYTES + (column >>> 3)] >>> (column & 7) & 1) != 0;
  }

  public boolean getBoolean(Bytes row, int column) {
    byte[] bytes = row.array();
    return bytes[position(bytes, column)] != 0;
  }

  public int getInt(Bytes row, int column) {
    byte[] bytes = row.array();
    return (int) INT.get(bytes, position(bytes, column));
  }

  public long getLong(Bytes row, int column) {
    byte[] bytes = row.array();
    return (long) LONG.get(bytes, position(bytes, column));
  }

  public double getDouble(Bytes row, int column) {
    return Double.longBitsToDouble(getLong(row, column));
  }

  public String getText(Bytes row, int column) {
    byte[] bytes = row.array();
    int from = textStart(bytes, column);
    return new String(bytes, from, textEnd(bytes, column) - from, StandardCharsets.UTF_8);
  }

  /** Whether {@code row} has every column of this layout. */
  public boolean isComplete(Bytes row) {
    return count(row.array()) == types.length;
  }

  /**
   * Overwrites a column of fixed size in a complete row that nobody else holds yet.
   *
   * @param bits the number, 0 or 1 of a boolean, or the bits of a double; 0 for NULL
   */
  public void overwrite(byte[] row, int column, boolean isNull, long bits) {
    int mask = 1 << (column & 7);
    int flags = HEADER_BYTES + (column >>> 3);
    row[flags] = (byte) (isNull ? row[flags] | mask : row[flags] & ~mask);
    int slot = position(row, column);
    switch (types[column]) {
      case BOOLEAN -> row[slot] = (byte) bits;
      case INTEGER -> INT.set(row, slot, (int) bits);
      case BIGINT, DOUBLE_PRECISION -> LONG.set(row, slot, bits);
      case TEXT -> throw Invariant.unreachable("a text has no fixed size");
    }
  }

  /** Where the text of {@code column} begins in {@code row}. */
  int textStart(byte[] row, int column) {
    int before = textBefore[column];
    return before < 0 ? textArea(row) : textEnd(row, before);
  }

  /** Where the text of {@code column} ends in {@code row}. */
  int textEnd(byte[] row, int column) {
    int slot = position(row, column);
    int end = isWide(row) ? (int) INT.get(row, slot) : (short) SHORT.get(row, slot) & 0xffff;
    return textArea(row) + end;
  }

  private int textArea(byte[] row) {
    int count = Math.min(count(row), types.length);
    return HEADER_BYTES + bitmapBytes(count(row)) + slot(count, isWide(row));
  }

  private int position(byte[] row, int column) {
    return HEADER_BYTES + bitmapBytes(count(row)) + slot(column, isWide(row));
  }

  private static boolean isWide(byte[] row) {
    return (row[0] & WIDE) != 0;
  }

  private static int count(byte[] row) {
    if (row[0] >>> 4 != VERSION) {
      throw new DistDbException(
          ErrorCode.INCOMPATIBLE_FORMAT,
          "a row of format " + (row[0] >>> 4) + "; this version reads format " + VERSION);
    }
    return (short) SHORT.get(row, 1) & 0xffff;
  }
}
