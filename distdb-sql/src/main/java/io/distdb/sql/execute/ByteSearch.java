// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time: a word is read, and bits are computed of which the lowest is in
 * the first byte that is sought (Henry S. Warren, "Hacker's Delight", 6-1: the leftmost zero byte,
 * here in little-endian order).
 */
final class ByteSearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Below it are control characters. */
  private static final long BLANKS = ONES * ' ';

  private ByteSearch() {}

  /** Eight times {@code b}. */
  static long pattern(byte b) {
    return ONES * (b & 0xff);
  }

  /**
   * Where the first byte of one of three {@linkplain #pattern patterns} is from {@code from} on;
   * {@code to} if there is none.
   */
  static int find(byte[] bytes, int from, int to, long first, long second, long third) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long word = (long) LONG.get(bytes, at);
      long found = zeros(word ^ first) | zeros(word ^ second) | zeros(word ^ third);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && !isOneOf(bytes[at], first, second, third)) {
      at++;
    }
    return at;
  }

  private static boolean isOneOf(byte b, long first, long second, long third) {
    return b == (byte) first || b == (byte) second || b == (byte) third;
  }

  /** High bits of the bytes that are zero; the lowest of them is exact, others may be wrong. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }

  /**
   * Where the first control character or byte of one of two {@linkplain #pattern patterns} is from
   * {@code from} on; {@code to} if there is none.
   */
  static int findControl(byte[] bytes, int from, int to, long first, long second) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long word = (long) LONG.get(bytes, at);
      long found = zeros(word ^ first) | zeros(word ^ second) | word - BLANKS & ~word & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to
        && !isOneOf(bytes[at], first, first, second)
        && (bytes[at] < 0 || bytes[at] >= ' ')) {
      at++;
    }
    return at;
  }
}
