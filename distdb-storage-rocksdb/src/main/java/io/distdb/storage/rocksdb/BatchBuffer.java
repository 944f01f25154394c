// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A batch in the bytes that RocksDB gives its own batches (db/write_batch.cc), made here so that
 * not every operation crosses into native code. Used by one thread.
 *
 * <table>
 * <caption>A batch</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>8</td><td>sequence number; RocksDB sets it</td></tr>
 * <tr><td>8</td><td>4</td><td>number of operations, little-endian</td></tr>
 * <tr><td>12</td><td></td><td>each operation: tag (1); family (varint); key, and value or end of a
 * range, each with its length before it (varint)</td></tr>
 * </table>
 */
final class BatchBuffer {
  private static final int HEADER_BYTES = 12;
  private static final int COUNT_AT = 8;
  private static final byte DELETE_OF_FAMILY = 0x4;
  private static final byte PUT_OF_FAMILY = 0x5;
  private static final byte DELETE_RANGE_OF_FAMILY = 0xe;
  private static final int VARINT_BYTES_MAX = 5;
  private static final int BYTES_FIRST = 16 << 10;
  private static final int KEPT_BYTES_MAX = 4 << 20;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[BYTES_FIRST];
  private int length = HEADER_BYTES;
  private int count;

  /** Empties it. */
  void clear() {
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[BYTES_FIRST];
    }
    length = HEADER_BYTES;
    count = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int length() {
    return length;
  }

  /** The batch as an array of its own. */
  byte[] toArray() {
    LITTLE_INTS.set(bytes, COUNT_AT, count);
    return Arrays.copyOf(bytes, length);
  }

  /** Begins a put; the bytes of the key follow, then {@link #beginValue}. */
  void beginPut(Family family, int keyLength) {
    begin(PUT_OF_FAMILY, family, keyLength);
  }

  /** The bytes of the value follow. */
  void beginValue(int valueLength) {
    room(VARINT_BYTES_MAX + valueLength);
    varint(valueLength);
  }

  void put(Family family, byte[] key, byte[] value) {
    beginPut(family, key.length);
    raw(key, 0, key.length);
    beginValue(value.length);
    raw(value, 0, value.length);
  }

  /** Begins a deletion; the bytes of the key follow. */
  void beginDelete(Family family, int keyLength) {
    begin(DELETE_OF_FAMILY, family, keyLength);
  }

  void delete(Family family, byte[] key) {
    beginDelete(family, key.length);
    raw(key, 0, key.length);
  }

  /**
   * @param to not included
   */
  void deleteRange(Family family, byte[] from, byte[] to) {
    begin(DELETE_RANGE_OF_FAMILY, family, from.length);
    raw(from, 0, from.length);
    beginValue(to.length);
    raw(to, 0, to.length);
  }

  private void begin(byte tag, Family family, int keyLength) {
    room(2 + VARINT_BYTES_MAX + keyLength);
    bytes[length++] = tag;
    bytes[length++] = (byte) family.ordinal();
    varint(keyLength);
    count++;
  }

  /** Part of a key or value that was begun. */
  void int32(int value) {
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void int64(long value) {
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  void raw(byte[] source, int from, int size) {
    System.arraycopy(source, from, bytes, length, size);
    length += size;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void room(int more) {
    long needed = (long) length + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
            "a batch that takes more than 2 GiB with the versions that it replaces");
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L)));
    }
  }
}
