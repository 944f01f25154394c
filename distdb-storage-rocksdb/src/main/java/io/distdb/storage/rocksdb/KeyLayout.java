// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keys of format 1 in RocksDB's column families; docs/formats/rocksdb.md has the tables. All
 * integers are big-endian. Every key of an index begins with its <em>slot</em>, a number that is
 * given to each index when it is created, so that an index can be dropped, or a store replaced, by
 * forgetting the slot.
 */
final class KeyLayout {
  static final int SLOT_BYTES = 4;
  static final int HASH_BYTES = 8;

  /** In the history, the length of the key before it: the versions of a key lie together. */
  static final int LENGTH_BYTES = 4;

  static final int TIMESTAMP_BYTES = 8;

  private static final long HASH_STEP = 0x9e3779b97f4a7c15L;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private KeyLayout() {}

  /** Bytes before the index's own key where its newest versions are. */
  static int prefixBytes(IndexKind kind) {
    return switch (kind) {
      case BTREE -> SLOT_BYTES;
      case HASH -> SLOT_BYTES + HASH_BYTES;
    };
  }

  /** Puts the key of a newest version at the beginning of {@code target}, which has room. */
  static void newest(byte[] target, int slot, IndexKind kind, byte[] key) {
    INTS.set(target, 0, slot);
    if (kind == IndexKind.HASH) {
      LONGS.set(target, SLOT_BYTES, hash(key, 2, HashKey.hashedLength(key)));
    }
    System.arraycopy(key, 0, target, prefixBytes(kind), key.length);
  }

  static byte[] newest(int slot, IndexKind kind, byte[] key) {
    byte[] made = new byte[prefixBytes(kind) + key.length];
    newest(made, slot, kind, key);
    return made;
  }

  /** What the newest versions of all keys of a HASH index begin with that have the hashed part. */
  static byte[] hashPrefix(int slot, byte[] hashed) {
    return ByteBuffer.allocate(SLOT_BYTES + HASH_BYTES + 2 + hashed.length)
        .putInt(slot)
        .putLong(hash(hashed, 0, hashed.length))
        .putShort((short) hashed.length)
        .put(hashed)
        .array();
  }

  static int historyBytes(int keyLength) {
    return SLOT_BYTES + LENGTH_BYTES + keyLength + TIMESTAMP_BYTES;
  }

  /** The key of an older version. Newer ones sort first. */
  static byte[] history(int slot, byte[] key, long timestamp) {
    return ByteBuffer.allocate(historyBytes(key.length))
        .putInt(slot)
        .putInt(key.length)
        .put(key)
        .putLong(~timestamp)
        .array();
  }

  /** The index's own key in the key of an older version. */
  static byte[] keyOfHistory(byte[] historyKey) {
    byte[] key = new byte[historyKey.length - historyBytes(0)];
    System.arraycopy(historyKey, SLOT_BYTES + LENGTH_BYTES, key, 0, key.length);
    return key;
  }

  static long timestampOfHistory(byte[] historyKey) {
    return ~(long) LONGS.get(historyKey, historyKey.length - TIMESTAMP_BYTES);
  }

  /** Where the keys of a slot begin, and, for the next slot, where they end. */
  static byte[] slotStart(int slot) {
    return ByteBuffer.allocate(SLOT_BYTES).putInt(slot).array();
  }

  static boolean isOfSlot(byte[] key, int slot) {
    return key.length >= SLOT_BYTES && (int) INTS.get(key, 0) == slot;
  }

  /**
   * Spreads the hashed part over 64 bits, eight bytes a step. On disk: never to be changed. The
   * steps are those of MurmurHash3's 64-bit finalizer (Austin Appleby).
   */
  static long hash(byte[] source, int from, int length) {
    long hash = length * HASH_STEP;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(source, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << Byte.SIZE | source[at] & 0xff;
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
