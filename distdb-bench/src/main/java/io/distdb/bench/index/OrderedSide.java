// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
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
   * Reads a byte of the arrays of key and value of {@code count} entries from {@code from} on, so
   * that both must be there.
   */
  abstract int scan(byte[] from, int count);

  private static int consume(byte[] key, byte[] value) {
    return key[key.length - 1] + key[0] + value[0];
  }

  private static final class Tree extends OrderedSide {
    private final BTreeIndex index = new BTreeIndex(new IndexId(1));
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
          sum += consume(cursor.key().array(), cursor.value().array());
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
        sum += consume(entry.getKey(), entry.getValue());
        if (--left == 0) {
          break;
        }
      }
      return sum;
    }
  }
}
