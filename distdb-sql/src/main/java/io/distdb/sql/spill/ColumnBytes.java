// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.sql.codec.ObjectBytes;
import io.distdb.sql.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of columns as bytes, column after column. Integers are little-endian. Every value
 * comes back as it was, whatever its column's type says.
 *
 * <pre>
 * nulls    1 byte: 1 when some value is NULL; then a bit for each row, 1 for NULL. What stands for
 *          a NULL below is of no meaning
 * longs    the least value (8), the width of the differences to it (1): 0, 1, 2, 4 or 8; then they
 * doubles  8 bytes each, IEEE 754
 * texts    for each the number of its characters times 2, plus 1 when one is above 255 (4); then
 *          the characters, 1 byte each, or 2
 * objects  for each the number of its bytes (4); then the bytes, as in rows ({@link ObjectBytes})
 * </pre>
 */
final class ColumnBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle CHAR =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 12];
  private int at;

  void clear() {
    at = 0;
  }

  int length() {
    return at;
  }

  byte[] array() {
    return bytes;
  }

  /** Room for columns that are read from here on. */
  byte[] room(int length) {
    at = 0;
    ensure(length);
    return bytes;
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(at + more, bytes.length * 2));
    }
  }

  /**
   * @param rows positions, from {@code from} on; null: {@code from} and after
   */
  void write(Vector column, int[] rows, int from, int count) {
    writeNulls(column, rows, from, count);
    if (column.longs != null) {
      writeLongs(column, rows, from, count);
    } else if (column.doubles != null) {
      ensure(8 * count);
      for (int n = 0; n < count; n++, at += 8) {
        double value = column.doubles[rows == null ? from + n : rows[from + n]];
        LONG.set(bytes, at, Double.doubleToRawLongBits(value));
      }
    } else if (column.texts != null) {
      writeTexts(column, rows, from, count);
    } else {
      writeObjects(column, rows, from, count);
    }
  }

  private void writeNulls(Vector column, int[] rows, int from, int count) {
    int length = count + 7 >>> 3;
    ensure(1 + length);
    int start = at;
    boolean any = false;
    Arrays.fill(bytes, start, start + 1 + length, (byte) 0);
    for (int n = 0; n < count; n++) {
      if (column.nulls[rows == null ? from + n : rows[from + n]]) {
        any = true;
        bytes[start + 1 + (n >>> 3)] |= (byte) (1 << (n & 7));
      }
    }
    bytes[start] = (byte) (any ? 1 : 0);
    at = start + 1 + (any ? length : 0);
  }

  private void writeLongs(Vector column, int[] rows, int from, int count) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int n = 0; n < count; n++) {
      int row = rows == null ? from + n : rows[from + n];
      if (!column.nulls[row]) {
        least = Math.min(least, column.longs[row]);
        most = Math.max(most, column.longs[row]);
      }
    }
    int width = least > most ? 0 : width(most - least);
    ensure(9 + width * count);
    LONG.set(bytes, at, least);
    bytes[at + 8] = (byte) width;
    at += 9;
    for (int n = 0; n < count; n++, at += width) {
      long difference = column.longs[rows == null ? from + n : rows[from + n]] - least;
      switch (width) {
        case 0 -> {
          // all are the least
        }
        case 1 -> bytes[at] = (byte) difference;
        case 2 -> SHORT.set(bytes, at, (short) difference);
        case 4 -> INT.set(bytes, at, (int) difference);
        default -> LONG.set(bytes, at, difference);
      }
    }
  }

  /** Bytes for numbers from 0 to {@code most}; one that overflowed is negative and takes 8. */
  private static int width(long most) {
    if (most >>> 32 != 0) {
      return 8;
    }
    return most == 0 ? 0 : most < 1 << 8 ? 1 : most < 1 << 16 ? 2 : 4;
  }

  private void writeTexts(Vector column, int[] rows, int from, int count) {
    ensure(4 * count);
    int lengths = at;
    at += 4 * count;
    for (int n = 0; n < count; n++) {
      int row = rows == null ? from + n : rows[from + n];
      String text = column.nulls[row] ? "" : column.texts[row];
      boolean wide = isWide(text);
      INT.set(bytes, lengths + 4 * n, text.length() << 1 | (wide ? 1 : 0));
      if (wide) {
        ensure(2 * text.length());
        for (int i = 0; i < text.length(); i++, at += 2) {
          CHAR.set(bytes, at, text.charAt(i));
        }
      } else {
        ensure(text.length());
        copyLowBytes(text);
      }
    }
  }

  private static boolean isWide(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i);
    }
    return all > 0xff;
  }

  /** The one method of strings that copies their bytes into an array without another. */
  @SuppressWarnings("deprecation")
  private void copyLowBytes(String text) {
    text.getBytes(0, text.length(), bytes, at);
    at += text.length();
  }

  private void writeObjects(Vector column, int[] rows, int from, int count) {
    ensure(4 * count);
    int lengths = at;
    at += 4 * count;
    for (int n = 0; n < count; n++) {
      int row = rows == null ? from + n : rows[from + n];
      byte[] value = column.nulls[row] ? new byte[0] : ObjectBytes.encode(column.objects[row]);
      INT.set(bytes, lengths + 4 * n, value.length);
      ensure(value.length);
      System.arraycopy(value, 0, bytes, at, value.length);
      at += value.length;
    }
  }

  /** Reads the next column to the first rows of {@code target}. */
  void read(Vector target, int count) {
    target.ensure(count);
    readNulls(target, count);
    if (target.longs != null) {
      readLongs(target, count);
    } else if (target.doubles != null) {
      for (int n = 0; n < count; n++, at += 8) {
        target.doubles[n] = Double.longBitsToDouble((long) LONG.get(bytes, at));
      }
    } else if (target.texts != null) {
      readTexts(target, count);
    } else {
      readObjects(target, count);
    }
  }

  private void readNulls(Vector target, int count) {
    if (bytes[at++] == 0) {
      Arrays.fill(target.nulls, 0, count, false);
      return;
    }
    for (int n = 0; n < count; n++) {
      target.nulls[n] = (bytes[at + (n >>> 3)] >>> (n & 7) & 1) != 0;
    }
    at += count + 7 >>> 3;
  }

  private void readLongs(Vector target, int count) {
    long least = (long) LONG.get(bytes, at);
    int width = bytes[at + 8];
    at += 9;
    for (int n = 0; n < count; n++, at += width) {
      long difference =
          switch (width) {
            case 0 -> 0;
            case 1 -> bytes[at] & 0xff;
            case 2 -> (short) SHORT.get(bytes, at) & 0xffff;
            case 4 -> (int) INT.get(bytes, at) & 0xffffffffL;
            default -> (long) LONG.get(bytes, at);
          };
      target.longs[n] = least + difference;
    }
  }

  private void readTexts(Vector target, int count) {
    int lengths = at;
    at += 4 * count;
    for (int n = 0; n < count; n++) {
      int coded = (int) INT.get(bytes, lengths + 4 * n);
      int length = coded >>> 1;
      if ((coded & 1) == 0) {
        target.texts[n] = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at += length;
      } else {
        char[] characters = new char[length];
        for (int i = 0; i < length; i++, at += 2) {
          characters[i] = (char) CHAR.get(bytes, at);
        }
        target.texts[n] = new String(characters);
      }
    }
  }

  private void readObjects(Vector target, int count) {
    int lengths = at;
    at += 4 * count;
    for (int n = 0; n < count; n++) {
      int length = (int) INT.get(bytes, lengths + 4 * n);
      target.objects[n] =
          target.nulls[n] ? null : ObjectBytes.decode(target.type, bytes, at, length);
      at += length;
    }
  }
}
