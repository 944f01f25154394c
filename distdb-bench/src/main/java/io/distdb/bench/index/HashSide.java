// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.storage.memory.index.HashIndex;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One side of a comparison of hashed maps, both probed with a new {@link Bytes}. */
interface HashSide {
  void put(Bytes key, byte[] value);

  byte[] get(Bytes key);

  static HashSide of(boolean own) {
    return own ? new Index() : new JdkMap();
  }

  /** In the layout of {@link HashKey}: a 16-byte hashed part, an 8-byte rest. */
  static Bytes key(long number) {
    byte[] key = new byte[26];
    byte[] hashed = BenchKeys.RANDOM.key(number);
    key[1] = 16;
    System.arraycopy(hashed, 0, key, 2, 16);
    System.arraycopy(hashed, 4, key, 18, 8);
    return Bytes.wrap(key);
  }

  /** Ours. */
  final class Index implements HashSide {
    private final HashIndex index = new HashIndex(new IndexId(1));
    private long clock;

    @Override
    public void put(Bytes key, byte[] value) {
      index.put(key.array(), value, ++clock);
    }

    @Override
    public byte[] get(Bytes key) {
      return index.get(key, Timestamp.LATEST).array();
    }
  }

  /** The JDK's. */
  final class JdkMap implements HashSide {
    private final ConcurrentMap<Bytes, byte[]> map = new ConcurrentHashMap<>();

    @Override
    public void put(Bytes key, byte[] value) {
      map.put(key, value);
    }

    @Override
    public byte[] get(Bytes key) {
      return map.get(key);
    }
  }
}
