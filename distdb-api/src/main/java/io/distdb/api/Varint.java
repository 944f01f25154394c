// SPDX-License-Identifier: MIT
package io.distdb.api;

import java.nio.ByteBuffer;

/**
 * Unsigned LEB128 integers: seven bits a byte, least significant first, the high bit says that more
 * follow. Used by every DistDB format for lengths and ids. Source: DWARF 5, section 7.6.
 */
public final class Varint {
  private Varint() {}

  /** Bytes that {@link #put} needs for {@code value}: 1 to 10. */
  public static int size(long value) {
    return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }

  public static void put(ByteBuffer target, long value) {
    while ((value & ~0x7fL) != 0) {
      target.put((byte) (value | 0x80));
      value >>>= 7;
    }
    target.put((byte) value);
  }

  /**
   * Reads one integer.
   *
   * @throws IllegalArgumentException more than ten bytes
   * @throws java.nio.BufferUnderflowException the buffer ended within it
   */
  public static long get(ByteBuffer source) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = source.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a varint of more than ten bytes");
  }

  /** As {@link #get}, for a length or count: refuses what does not fit a non-negative int. */
  public static int getInt(ByteBuffer source) {
    long value = get(source);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a length of " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** Bytes that {@link #putBytes} needs: a length, then the content. */
  public static int size(Bytes bytes) {
    return size(bytes.length()) + bytes.length();
  }

  public static void putBytes(ByteBuffer target, Bytes bytes) {
    put(target, bytes.length());
    target.put(bytes.array());
  }

  /**
   * Reads a length and that many bytes.
   *
   * @throws IllegalArgumentException the length exceeds what is left in the buffer
   */
  public static Bytes getBytes(ByteBuffer source) {
    int length = getInt(source);
    if (length > source.remaining()) {
      throw new IllegalArgumentException(
          "a length of " + length + " where " + source.remaining() + " bytes are left");
    }
    return Bytes.read(source, length);
  }
}
