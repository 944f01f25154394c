// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes keys so that comparing two of them as unsigned bytes is comparing their columns as SQL's
 * ORDER BY does.
 *
 * <p>Design: every encoding is prefix-free within its column, so a longer key never decides before
 * the first column that differs. Integers flip their sign bit; doubles flip the sign bit when
 * positive and every bit when negative, after -0 became 0 and every NaN the one positive NaN, which
 * makes NaN the greatest, as in PostgreSQL. Text is UTF-8 (byte order = code point order: collation
 * "C") in which 0x00 and 0x01 are escaped by 0x01, ended by 0x00. The other types are in {@link
 * ObjectKeys}. A descending column inverts every byte after its marker. Equal SQL values have equal
 * bytes, so the same encoding serves equality: HASH indexes, join and group keys. Source of the
 * idea: the tuple encodings of FoundationDB and SQLite 4; the bytes are in {@code
 * docs/formats/keys-and-rows.md}.
 *
 * <p>Reusable; used by one thread.
 */
public final class KeyWriter {
  /** Marker of NULL where NULLs come first; below {@link #PRESENT}. */
  static final byte NULL_FIRST = 0;

  /** Marker of a value. */
  static final byte PRESENT = 1;

  /** Marker of NULL where NULLs come last; above {@link #PRESENT}. */
  static final byte NULL_LAST = 2;

  /** Ends a text. */
  static final byte TEXT_END = 0;

  /** Precedes an escaped byte b, which is written as b + 1. */
  static final byte TEXT_ESCAPE = 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int length;

  public KeyWriter() {
    this(32);
  }

  /**
   * @param capacity bytes expected; grows
   */
  public KeyWriter(int capacity) {
    buffer = new byte[capacity];
  }

  public KeyWriter reset() {
    length = 0;
    return this;
  }

  public int length() {
    return length;
  }

  /** Forgets what was written after the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    Invariant.check(newLength <= length, "a key is cut to %d of %d bytes", newLength, length);
    length = newLength;
  }

  /** What was written, in an array of its own. */
  public Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(buffer, length));
  }

  public KeyWriter appendNull(KeyColumn column) {
    Invariant.check(column.nullable(), "NULL in a key column that takes none");
    return raw(column.nullsFirst() ? NULL_FIRST : NULL_LAST);
  }

  public KeyWriter appendBoolean(KeyColumn column, boolean value) {
    mark(column);
    int start = length;
    raw((byte) (value ? 1 : 0));
    return invert(column, start);
  }

  /** A SMALLINT. */
  public KeyWriter appendShort(KeyColumn column, short value) {
    mark(column);
    int start = length;
    raw((byte) (value >>> 8 ^ 0x80));
    raw((byte) value);
    return invert(column, start);
  }

  /** A REAL. */
  public KeyWriter appendFloat(KeyColumn column, float value) {
    mark(column);
    int bits = Float.floatToIntBits(value == 0 ? 0f : value);
    int encoded = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    rawInt(column.descending() ? ~encoded : encoded);
    return this;
  }

  /** An INTEGER or DATE. */
  public KeyWriter appendInt(KeyColumn column, int value) {
    mark(column);
    reserve(4);
    int encoded = value ^ Integer.MIN_VALUE;
    INT.set(buffer, length, column.descending() ? ~encoded : encoded);
    length += 4;
    return this;
  }

  public KeyWriter appendLong(KeyColumn column, long value) {
    mark(column);
    putLong(column, value ^ Long.MIN_VALUE);
    return this;
  }

  public KeyWriter appendDouble(KeyColumn column, double value) {
    mark(column);
    putLong(column, orderedBits(value));
    return this;
  }

  /** A TEXT or VARCHAR, or a CHAR, whose trailing blanks are left out. */
  public KeyWriter appendText(KeyColumn column, String value) {
    mark(column);
    int start = length;
    boolean padded = column.form() == ColumnForm.PADDED_TEXT;
    escaped((padded ? withoutPadding(value) : value).getBytes(StandardCharsets.UTF_8));
    return invert(column, start);
  }

  private static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  /** A NUMERIC, BYTEA, INTERVAL, UUID or array; bytes as {@link ObjectKeys} has them. */
  public KeyWriter appendObject(KeyColumn column, Object value) {
    mark(column);
    int start = length;
    ObjectKeys.write(this, column.type(), value);
    return invert(column, start);
  }

  /** A value of the column's type, or NULL when the column takes it. */
  public KeyWriter appendValue(KeyColumn column, Value value) {
    return switch (value) {
      case Value.Null none -> appendNull(column);
      case Value.BooleanValue v -> appendBoolean(column, v.value());
      case Value.SmallintValue v -> appendShort(column, v.value());
      case Value.IntegerValue v -> appendInt(column, v.value());
      case Value.DateValue v -> appendInt(column, v.value());
      case Value.BigintValue v -> appendLong(column, v.value());
      case Value.TimeValue v -> appendLong(column, v.value());
      case Value.TimestampValue v -> appendLong(column, v.value());
      case Value.TimestamptzValue v -> appendLong(column, v.value());
      case Value.RealValue v -> appendFloat(column, v.value());
      case Value.DoubleValue v -> appendDouble(column, v.value());
      case Value.TextValue v -> appendText(column, v.value());
      case Value.NumericValue v -> appendObject(column, v.value());
      case Value.ByteaValue v -> appendObject(column, v.value());
      case Value.IntervalValue v -> appendObject(column, v.value());
      case Value.UuidValue v -> appendObject(column, v.value());
      case Value.OidValue v -> appendLong(column, v.value());
      case Value.ReferenceValue v -> appendObject(column, v.value());
      case Value.ArrayValue v -> appendObject(column, v.value());
      case Value.RowValue v -> appendObject(column, v.value());
    };
  }

  /** Bytes with 0 and 1 escaped, and their end. */
  void escaped(byte[] bytes) {
    reserve(bytes.length + 1);
    for (byte b : bytes) {
      if (b == 0 || b == 1) {
        raw(TEXT_ESCAPE);
        raw((byte) (b + 1));
      } else {
        raw(b);
      }
    }
    raw(TEXT_END);
  }

  /** Appends bytes as they are: the key of the row at the end of an index entry. */
  public KeyWriter appendRaw(Bytes bytes) {
    reserve(bytes.length());
    System.arraycopy(bytes.array(), 0, buffer, length, bytes.length());
    length += bytes.length();
    return this;
  }

  /** Bits whose unsigned order is the order of doubles. */
  static long orderedBits(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  private void mark(KeyColumn column) {
    if (column.nullable()) {
      raw(PRESENT);
    }
  }

  private void putLong(KeyColumn column, long encoded) {
    reserve(8);
    LONG.set(buffer, length, column.descending() ? ~encoded : encoded);
    length += 8;
  }

  KeyWriter raw(byte value) {
    if (length == buffer.length) {
      reserve(1);
    }
    buffer[length++] = value;
    return this;
  }

  void rawInt(int value) {
    reserve(4);
    INT.set(buffer, length, value);
    length += 4;
  }

  void rawLong(long value) {
    reserve(8);
    LONG.set(buffer, length, value);
    length += 8;
  }

  private KeyWriter invert(KeyColumn column, int start) {
    if (column.descending()) {
      invert(start);
    }
    return this;
  }

  /** Inverts what was written from {@code start} on. */
  void invert(int start) {
    for (int i = start; i < length; i++) {
      buffer[i] = (byte) ~buffer[i];
    }
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
