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
 * column, then the texts, among them the bytes of {@link ColumnForm#OBJECT}s. A number's slot holds
 * it; a text's slot holds where the text ends, and it begins where the text column before it ends.
 * So every column is found from its ordinal with one or two loads, NULLs keep their slot, and a row
 * written before columns were appended to its table says so by its count: the columns it lacks are
 * NULL. Slots of texts have 2 bytes, or 4 in a row whose texts are longer than 65,535 bytes
 * together. Byte table: {@code docs/formats/keys-and-rows.md}.
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

  private final SqlType[] types;
  private final ColumnForm[] forms;

  /** Slot offsets after the bitmap; one more entry than columns: where the slots end. */
  private final int[] narrow;

  private final int[] wide;

  /** The text column before each column, or -1. */
  private final int[] textBefore;

  public RowLayout(List<? extends SqlType> columnTypes) {
    int count = columnTypes.size();
    types = new SqlType[count];
    forms = new ColumnForm[count];
    narrow = new int[count + 1];
    wide = new int[count + 1];
    textBefore = new int[count + 1];
    int lastText = -1;
    for (int i = 0; i < count; i++) {
      types[i] = columnTypes.get(i);
      forms[i] = ColumnForm.of(types[i]);
      textBefore[i] = lastText;
      narrow[i + 1] = narrow[i] + slotBytes(forms[i], 2);
      wide[i + 1] = wide[i] + slotBytes(forms[i], 4);
      if (!forms[i].isFixed()) {
        lastText = i;
      }
    }
    textBefore[count] = lastText;
  }

  private static int slotBytes(ColumnForm form, int textSlot) {
    return form.isFixed() ? form.bytes() : textSlot;
  }

  public int columnCount() {
    return types.length;
  }

  public SqlType type(int column) {
    return types[column];
  }

  public ColumnForm form(int column) {
    return forms[column];
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
    return isNull(row.array(), column);
  }

  /** As {@link #isNull(Bytes, int)}. */
  public boolean isNull(byte[] row, int column) {
    return column >= count(row) || (row[HEADER_BYTES + (column >>> 3)] >>> (column & 7) & 1) != 0;
  }

  /** The slot of a column of fixed size, sign extended: a number, 0 or 1, or a float's bits. */
  public long getWhole(byte[] row, int column) {
    int slot = position(row, column);
    return switch (forms[column]) {
      case BOOLEAN -> row[slot] != 0 ? 1 : 0;
      case SHORT -> (short) SHORT.get(row, slot);
      case INT, FLOAT -> (int) INT.get(row, slot);
      case LONG, DOUBLE -> (long) LONG.get(row, slot);
      case TEXT, PADDED_TEXT, OBJECT -> throw Invariant.unreachable("it has no fixed size");
    };
  }

  public boolean getBoolean(Bytes row, int column) {
    byte[] bytes = row.array();
    return bytes[position(bytes, column)] != 0;
  }

  public short getShort(Bytes row, int column) {
    byte[] bytes = row.array();
    return (short) SHORT.get(bytes, position(bytes, column));
  }

  public float getFloat(Bytes row, int column) {
    return Float.intBitsToFloat(getInt(row, column));
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

  /** A NUMERIC, BYTEA, INTERVAL, UUID or array. */
  public Object getObject(Bytes row, int column) {
    return getObject(row.array(), column);
  }

  /** As {@link #getObject(Bytes, int)}. */
  public Object getObject(byte[] row, int column) {
    int from = textStart(row, column);
    return ObjectBytes.decode(types[column], row, from, textEnd(row, column) - from);
  }

  /** How many columns the table had when {@code row} was written. */
  public int storedColumns(Bytes row) {
    return count(row.array());
  }

  /** Whether {@code row} has every column of this layout. */
  public boolean isComplete(Bytes row) {
    return count(row.array()) == types.length;
  }

  /**
   * Overwrites a column of fixed size in a complete row that nobody else holds yet.
   *
   * @param bits the number, 0 or 1 of a boolean, or the bits of a float or double; 0 for NULL
   */
  public void overwrite(byte[] row, int column, boolean isNull, long bits) {
    int mask = 1 << (column & 7);
    int flags = HEADER_BYTES + (column >>> 3);
    row[flags] = (byte) (isNull ? row[flags] | mask : row[flags] & ~mask);
    int slot = position(row, column);
    put(row, slot, forms[column], bits);
  }

  static void put(byte[] row, int slot, ColumnForm form, long bits) {
    switch (form) {
      case BOOLEAN -> row[slot] = (byte) bits;
      case SHORT -> SHORT.set(row, slot, (short) bits);
      case INT, FLOAT -> INT.set(row, slot, (int) bits);
      case LONG, DOUBLE -> LONG.set(row, slot, bits);
      case TEXT, PADDED_TEXT, OBJECT -> throw Invariant.unreachable("it has no fixed size");
    }
  }

  /** Where the text of {@code column}, in UTF-8, begins in {@code row}. */
  public int textStart(byte[] row, int column) {
    int before = textBefore[column];
    return before < 0 ? textArea(row) : textEnd(row, before);
  }

  /** Where the text of {@code column} ends in {@code row}. */
  public int textEnd(byte[] row, int column) {
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
