// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/** The state that every side replicates. */
public final class Table {
  private final ConcurrentHashMap<Long, byte[]> values = new ConcurrentHashMap<>();

  /** A command, as bytes: the key, then the value. */
  public record Put(long key, byte[] value) {
    public byte[] encoded() {
      return ByteBuffer.allocate(Long.BYTES + value.length).putLong(key).put(value).array();
    }

    public static Put decode(ByteBuffer source) {
      long key = source.getLong();
      byte[] value = new byte[source.remaining()];
      source.get(value);
      return new Put(key, value);
    }
  }

  public void apply(Put put) {
    values.put(put.key(), put.value());
  }

  /** The value, or null. */
  public byte[] get(long key) {
    return values.get(key);
  }

  /** All of it, as {@link #restore} reads it; of no particular moment while it is changed. */
  public byte[] image() {
    int bytes = values.values().stream().mapToInt(value -> Long.BYTES + 4 + value.length).sum();
    ByteBuffer image = ByteBuffer.allocate(bytes);
    values.forEach((key, value) -> image.putLong(key).putInt(value.length).put(value));
    return image.array();
  }

  public void restore(ByteBuffer image) {
    values.clear();
    while (image.hasRemaining()) {
      long key = image.getLong();
      byte[] value = new byte[image.getInt()];
      image.get(value);
      values.put(key, value);
    }
  }
}
