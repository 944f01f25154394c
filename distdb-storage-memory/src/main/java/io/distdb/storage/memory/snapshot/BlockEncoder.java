// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import java.util.Arrays;

/** The content of one block while it grows. */
final class BlockEncoder {
  private final int initialBytes;
  private byte[] array;
  private int length;

  BlockEncoder(int initialBytes) {
    this.initialBytes = initialBytes;
    array = new byte[initialBytes];
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void shrink() {
    array = new byte[initialBytes];
  }

  void putByte(int value) {
    ensure(1);
    array[length++] = (byte) value;
  }

  void putVarint(long value) {
    ensure(10);
    while ((value & ~0x7fL) != 0) {
      array[length++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    array[length++] = (byte) value;
  }

  /** A varint whose low bit is the sign, so that small differences either way are short. */
  void putSigned(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  void putBytes(byte[] source) {
    putVarint(source.length);
    putRaw(source);
  }

  void putRaw(byte[] source) {
    ensure(source.length);
    System.arraycopy(source, 0, array, length, source.length);
    length += source.length;
  }

  private void ensure(int more) {
    if (array.length - length < more) {
      int least = Math.addExact(length, more);
      int doubled = Math.min(array.length, Integer.MAX_VALUE / 2 - 8) * 2;
      array = Arrays.copyOf(array, Math.max(least, doubled));
    }
  }
}
