// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import java.util.Arrays;

/**
 * Reads the content of one block. Bounds are checked by the JVM or here: what runs over the end is
 * an {@link IndexOutOfBoundsException}, which the reader reports as damage.
 */
final class BlockDecoder {
  private static final byte[] EMPTY = {};

  private byte[] array = EMPTY;
  private int position;
  private int limit;

  void reset(byte[] source, int length) {
    array = source;
    position = 0;
    limit = length;
  }

  boolean hasMore() {
    return position < limit;
  }

  int readByte() {
    require(1);
    return array[position++];
  }

  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a varint of more than ten bytes");
  }

  long readSigned() {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }

  byte[] readBytes() {
    long length = readVarint();
    if (length < 0 || length > limit - position) {
      throw new IndexOutOfBoundsException(
          "a length of " + length + " where " + (limit - position) + " bytes are left");
    }
    if (length == 0) {
      return EMPTY;
    }
    int from = position;
    position += (int) length;
    return Arrays.copyOfRange(array, from, position);
  }

  private void require(int bytes) {
    if (limit - position < bytes) {
      throw new IndexOutOfBoundsException("the block ends within a record");
    }
  }
}
