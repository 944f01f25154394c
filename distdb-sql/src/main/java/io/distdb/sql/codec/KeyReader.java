// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what {@link KeyWriter} wrote, column by column. A double that was -0 comes back as 0, and
 * any NaN as the one NaN. Used by one thread.
 *
 * <p>Errors: {@code INDEX_CORRUPTED} when the bytes are not of that form.
 */
public final class KeyReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] key;
  private int position;

  /** Starts at {@code from} in {@code bytes}. */
  public KeyReader reset(Bytes bytes, int from) {
    key = bytes.array();
    position = from;
    return this;
  }

  /** Where the next column begins. */
  public int position() {
    return position;
  }

  /** Reads the marker: whether the next column is NULL, in which case it is read. */
  public boolean readNull(KeyColumn column) {
    if (!column.nullable()) {
      return false;
    }
    need(1);
    byte marker = key[position++];
    if (marker < KeyWriter.NULL_FIRST || marker > KeyWriter.NULL_LAST) {
      throw corrupted();
    }
    return marker != KeyWriter.PRESENT;
  }

  public boolean readBoolean(KeyColumn column) {
    need(1);
    byte encoded = key[position++];
    return (column.descending() ? (byte) ~encoded : encoded) == 1;
  }

  public int readInt(KeyColumn column) {
    need(4);
    int encoded = (int) INT.get(key, position);
    position += 4;
    return (column.descending() ? ~encoded : encoded) ^ Integer.MIN_VALUE;
  }

  public long readLong(KeyColumn column) {
    return readBits(column) ^ Long.MIN_VALUE;
  }

  public double readDouble(KeyColumn column) {
    long encoded = readBits(column);
    return Double.longBitsToDouble(encoded < 0 ? encoded ^ Long.MIN_VALUE : ~encoded);
  }

  public String readText(KeyColumn column) {
    byte mask = (byte) (column.descending() ? 0xff : 0);
    byte[] utf8 = new byte[textEnd(mask) - position];
    int length = 0;
    while (true) {
      byte next = (byte) (key[position++] ^ mask);
      if (next == KeyWriter.TEXT_END) {
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
      }
      if (next == KeyWriter.TEXT_ESCAPE) {
        next = (byte) ((key[position++] ^ mask) - 1);
      }
      utf8[length++] = next;
    }
  }

  /** Passes over the columns, for what follows them. */
  public void skip(List<KeyColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      skip(columns.get(i));
    }
  }

  private void skip(KeyColumn column) {
    if (readNull(column)) {
      return;
    }
    switch (column.type()) {
      case BOOLEAN -> advance(1);
      case INTEGER -> advance(4);
      case BIGINT, DOUBLE_PRECISION -> advance(8);
      case TEXT -> position = textEnd((byte) (column.descending() ? 0xff : 0)) + 1;
    }
  }

  private long readBits(KeyColumn column) {
    need(8);
    long encoded = (long) LONG.get(key, position);
    position += 8;
    return column.descending() ? ~encoded : encoded;
  }

  /** Position of the byte that ends the text here: no escaped byte equals it. */
  private int textEnd(byte mask) {
    for (int i = position; i < key.length; i++) {
      if ((byte) (key[i] ^ mask) == KeyWriter.TEXT_END) {
        return i;
      }
    }
    throw corrupted();
  }

  private void advance(int bytes) {
    need(bytes);
    position += bytes;
  }

  private void need(int bytes) {
    if (position + bytes > key.length) {
      throw corrupted();
    }
  }

  private DistDbException corrupted() {
    return new DistDbException(
        ErrorCode.INDEX_CORRUPTED,
        "a key of " + key.length + " bytes cannot be read at byte " + position);
  }
}
