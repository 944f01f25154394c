// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An array of bytes that grows as it is written to. Numbers are big-endian, texts UTF-8. Used by
 * one thread.
 */
public class ByteOutput {
  /** PostgreSQL's limit of what it sends in one piece. */
  private static final int BYTES_MAX = 0x3fffffff;

  /** Shorter texts are written faster character by character than through an array of their own. */
  private static final int SHORT_TEXT = 24;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The two digits of 0 to 99, as shorts in memory order. */
  private static final short[] PAIRS = pairs();

  private byte[] bytes;
  private int size;

  public ByteOutput(int capacity) {
    bytes = new byte[capacity];
  }

  private static short[] pairs() {
    short[] pairs = new short[100];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) ('0' + i / 10 << Byte.SIZE | '0' + i % 10);
    }
    return pairs;
  }

  /** The bytes written are those below {@link #size}; another array after the next write. */
  public final byte[] array() {
    return bytes;
  }

  public final int size() {
    return size;
  }

  public final int capacity() {
    return bytes.length;
  }

  /** Forgets what is behind the first {@code length} bytes. */
  public final void truncate(int length) {
    size = length;
  }

  /** Lets go of the array; what was written is forgotten. */
  protected final void replace(int capacity) {
    bytes = new byte[capacity];
    size = 0;
  }

  /**
   * Makes room for {@code more} bytes.
   *
   * @throws DistDbException {@code PROGRAM_LIMIT_EXCEEDED}: more than a gigabyte
   */
  public final void ensure(int more) {
    if (more > bytes.length - size) {
      grow(more);
    }
  }

  private void grow(int more) {
    if (more > BYTES_MAX - size) {
      throw new DistDbException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "out of memory")
          .withDetail(
              "Cannot enlarge string buffer containing "
                  + size
                  + " bytes by "
                  + more
                  + " more bytes.");
    }
    bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.min(BYTES_MAX, bytes.length * 2)));
  }

  public final void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  public final void putShort(int value) {
    ensure(Short.BYTES);
    SHORT.set(bytes, size, (short) value);
    size += Short.BYTES;
  }

  public final void putInt(int value) {
    ensure(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  public final void putLong(long value) {
    ensure(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** Overwrites four bytes that were written. */
  public final void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  public final void putBytes(byte[] source, int from, int length) {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  public final void putBytes(byte[] source) {
    putBytes(source, 0, source.length);
  }

  public final void putUtf8(String text) {
    int length = text.length();
    if (length > SHORT_TEXT) {
      putBytes(text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    ensure(length);
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      target[at + i] = (byte) c;
    }
    size = at + length;
  }

  /** The decimal digits of {@code value}, after a minus when it is negative. */
  public final void putDecimal(long value) {
    if (value == Long.MIN_VALUE) {
      putUtf8("-9223372036854775808");
      return;
    }
    ensure(20);
    long rest = value;
    if (value < 0) {
      bytes[size++] = '-';
      rest = -value;
    }
    int digits = digits(rest);
    putDigits(rest, digits);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long limit = 10; value >= limit; limit *= 10) {
      digits++;
      if (digits == 19) {
        break;
      }
    }
    return digits;
  }

  /**
   * The last {@code digits} decimal digits of {@code value}, zeros in front.
   *
   * @param value not negative
   */
  public final void putDigits(long value, int digits) {
    ensure(digits);
    int at = size + digits;
    long rest = value;
    while (at - size >= 2) {
      at -= 2;
      long quotient = rest / 100;
      SHORT.set(bytes, at, PAIRS[(int) (rest - quotient * 100)]);
      rest = quotient;
    }
    if (at > size) {
      bytes[size] = (byte) ('0' + rest % 10);
    }
    size += digits;
  }
}
