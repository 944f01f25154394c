// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;

/**
 * Keys and values of the records that an instance keeps about its content; docs/formats/rocksdb.md
 * has the tables. The first byte says what a record is.
 */
final class Records {
  static final byte[] FORMAT_KEY = {'F'};
  static final byte[] STORE_PREFIX = {'S'};
  static final byte[] DROPPED_PREFIX = {'D'};

  private Records() {}

  /** How far a store has come, and the slot of its side records. */
  record StoreRecord(LogPosition applied, int sideSlot) {
    byte[] toBytes() {
      return ByteBuffer.allocate(20)
          .putLong(applied.term())
          .putLong(applied.index())
          .putInt(sideSlot)
          .array();
    }

    static StoreRecord of(byte[] bytes) {
      ByteBuffer source = ByteBuffer.wrap(bytes);
      return new StoreRecord(new LogPosition(source.getLong(), source.getLong()), source.getInt());
    }
  }

  /** Where an index is. */
  record IndexRecord(IndexId id, IndexKind kind, int slot) {
    byte[] toBytes() {
      return ByteBuffer.allocate(5).putInt(slot).put((byte) kind.code()).array();
    }

    static IndexRecord of(byte[] key, byte[] value) {
      ByteBuffer source = ByteBuffer.wrap(value);
      int slot = source.getInt();
      IndexId id = new IndexId(ByteBuffer.wrap(key).getLong(5));
      return new IndexRecord(id, IndexKind.ofCode(source.get()), slot);
    }
  }

  static byte[] store(ShardId shard) {
    return withInt('S', shard.value());
  }

  static ShardId shardOf(byte[] storeKey) {
    return new ShardId(ByteBuffer.wrap(storeKey).getInt(1));
  }

  static byte[] indexes(ShardId shard) {
    return withInt('I', shard.value());
  }

  static byte[] index(ShardId shard, IndexId id) {
    return ByteBuffer.allocate(13)
        .put((byte) 'I')
        .putInt(shard.value())
        .putLong(id.value())
        .array();
  }

  static byte[] counters(int slot) {
    return withInt('C', slot);
  }

  /** Whose content is to be erased: no index or store has the slot. */
  static byte[] dropped(int slot) {
    return withInt('D', slot);
  }

  static int slotOf(byte[] droppedKey) {
    return ByteBuffer.wrap(droppedKey).getInt(1);
  }

  /** What the side records of a slot begin with. */
  static byte[] sides(int slot) {
    return withInt('R', slot);
  }

  static byte[] side(int slot, byte[] key) {
    return ByteBuffer.allocate(5 + key.length).put((byte) 'R').putInt(slot).put(key).array();
  }

  private static byte[] withInt(char kind, int value) {
    return ByteBuffer.allocate(5).put((byte) kind).putInt(value).array();
  }
}
