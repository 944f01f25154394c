// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
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
 * "C") in which 0x00 and 0x01 are escaped by 0x01, ended by 0x00. A descending column inverts every
 * byte after its marker. Equal SQL values have equal bytes, so the same encoding serves equality:
 * HASH indexes, join and group keys. Source of the idea: the tuple encodings of FoundationDB and
 * SQLite 4; the bytes are in {@code docs/formats/keys-and-rows.md}.
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

  public KeyWriter appendText(KeyColumn column, String value) {
    mark(column);
    int start = length;
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length + 1);
    for (byte b : utf8) {
      if (b == 0 || b == 1) {
        raw(TEXT_ESCAPE);
        raw((byte) (b + 1));
      } else {
        raw(b);
      }
    }
    raw(TEXT_END);
    return invert(column, start);
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

  private KeyWriter raw(byte value) {
    if (length == buffer.length) {
      reserve(1);
    }
    buffer[length++] = value;
    return this;
  }

  private KeyWriter invert(KeyColumn column, int start) {
    if (column.descending()) {
      for (int i = start; i < length; i++) {
        buffer[i] = (byte) ~buffer[i];
      }
    }
    return this;
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
