// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.storage.memory.index.BTreeIndex;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One side of a comparison of ordered maps. */
public abstract class OrderedSide {
  /** Which. */
  public enum Name {
    BTREE,
    SKIPLIST
  }

  static OrderedSide of(Name name) {
    return switch (name) {
      case BTREE -> new Tree();
      case SKIPLIST -> new SkipList();
    };
  }

  /** Entries 0 to {@code entries}, random keys in random order, ascending ones in order. */
  void fill(BenchKeys keys, int entries, byte[] value) {
    for (int i = 0; i < entries; i++) {
      put(keys.key(i), value);
    }
  }

  abstract void put(byte[] key, byte[] value);

  abstract byte[] get(byte[] key);

  /**
   * Reads bytes of key and value of {@code count} entries from {@code from} on: of {@link Bytes},
   * as callers of an index do, or of arrays. Wrappers that go no further the compiler may leave
   * out.
   */
  abstract int scan(byte[] from, int count);

  /**
   * Puts keys and values, as they come, into {@code kept}, two places an entry, from {@code from}
   * on: what the tree builds anew, the map has already.
   */
  abstract int keep(byte[] from, Object[] kept);

  /**
   * Has the first {@code kept.length / 2} entries from {@code from} on at hand all at once, until
   * the next call, then reads bytes of each: the tree's in a block, the map's in {@code kept}.
   */
  abstract int block(byte[] from, Object[] kept);

  private static final class Tree extends OrderedSide {
    private final BTreeIndex index = new BTreeIndex(new IndexId(1));
    private EntryBlock block = new EntryBlock(1);
    private long clock;

    @Override
    void put(byte[] key, byte[] value) {
      index.put(key, value, ++clock);
    }

    @Override
    byte[] get(byte[] key) {
      return index.get(Bytes.wrap(key), Timestamp.LATEST).array();
    }

    @Override
    int scan(byte[] from, int count) {
      int sum = 0;
      KeyRange range = new KeyRange(Bytes.wrap(from), null);
      try (IndexCursor cursor = index.range(range, Direction.FORWARD, Timestamp.LATEST)) {
        for (int i = 0; i < count && cursor.next(); i++) {
          Bytes key = cursor.key();
          sum += key.at(key.length() - 1) + key.at(0) + cursor.value().at(0);
        }
      }
      return sum;
    }

    @Override
    int keep(byte[] from, Object[] kept) {
      int at = 0;
      KeyRange range = new KeyRange(Bytes.wrap(from), null);
      try (IndexCursor cursor = index.range(range, Direction.FORWARD, Timestamp.LATEST)) {
        while (at < kept.length && cursor.next()) {
          kept[at++] = cursor.key();
          kept[at++] = cursor.value();
        }
      }
      return at;
    }

    @Override
    int block(byte[] from, Object[] kept) {
      if (block.capacity() != kept.length / 2) {
        block = new EntryBlock(kept.length / 2);
      }
      int sum = 0;
      KeyRange range = new KeyRange(Bytes.wrap(from), null);
      try (IndexCursor cursor = index.range(range, Direction.FORWARD, Timestamp.LATEST)) {
        int size = cursor.next(block);
        byte[] keys = block.keys();
        for (int i = 0; i < size; i++) {
          sum += (keys[block.keyEnd(i) - 1] & 0xff) + (keys[block.keyStart(i)] & 0xff);
          sum += block.valueArray(i)[0] & 0xff;
        }
      }
      return sum;
    }
  }

  private static final class SkipList extends OrderedSide {
    private final ConcurrentNavigableMap<byte[], byte[]> map =
        new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    void put(byte[] key, byte[] value) {
      map.put(key, value);
    }

    @Override
    byte[] get(byte[] key) {
      return map.get(key);
    }

    @Override
    int scan(byte[] from, int count) {
      int sum = 0;
      int left = count;
      for (Map.Entry<byte[], byte[]> entry : map.tailMap(from, true).entrySet()) {
        byte[] key = entry.getKey();
        sum += (key[key.length - 1] & 0xff) + (key[0] & 0xff) + (entry.getValue()[0] & 0xff);
        if (--left == 0) {
          break;
        }
      }
      return sum;
    }

    @Override
    int keep(byte[] from, Object[] kept) {
      int at = 0;
      for (Map.Entry<byte[], byte[]> entry : map.tailMap(from, true).entrySet()) {
        kept[at++] = entry.getKey();
        kept[at++] = entry.getValue();
        if (at == kept.length) {
          break;
        }
      }
      return at;
    }

    @Override
    int block(byte[] from, Object[] kept) {
      int size = keep(from, kept);
      int sum = 0;
      for (int i = 0; i < size; i += 2) {
        byte[] key = (byte[]) kept[i];
        sum += (key[key.length - 1] & 0xff) + (key[0] & 0xff) + (((byte[]) kept[i + 1])[0] & 0xff);
      }
      return sum;
    }
  }
}
