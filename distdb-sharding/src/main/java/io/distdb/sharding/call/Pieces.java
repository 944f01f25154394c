// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something long that comes in pieces, in any order, some of them twice. Holds what has come, and
 * no more, whatever length was announced. Not thread-safe.
 */
final class Pieces {
  private final int length;
  private final TreeMap<Integer, Bytes> byOffset = new TreeMap<>();
  private int through;

  Pieces(int length) {
    this.length = length;
  }

  int length() {
    return length;
  }

  /** Everything below this offset is here. */
  int through() {
    return through;
  }

  boolean isWhole() {
    return through == length && !byOffset.isEmpty();
  }

  /**
   * @throws IllegalArgumentException it overlaps another, or is of something of another length
   */
  void add(int wholeLength, int offset, Bytes content) {
    if (wholeLength != length) {
      throw new IllegalArgumentException("a piece of something else");
    }
    Bytes known = byOffset.get(offset);
    if (known == null) {
      requireFree(offset, content.length());
      byOffset.put(offset, content);
    } else if (known.length() != content.length()) {
      throw new IllegalArgumentException("a piece that came with another length");
    }
    for (Bytes next = byOffset.get(through);
        next != null && !next.isEmpty();
        next = byOffset.get(through)) {
      through += next.length();
    }
  }

  private void requireFree(int offset, int size) {
    Map.Entry<Integer, Bytes> before = byOffset.lowerEntry(offset);
    Integer after = byOffset.higherKey(offset);
    if (before != null && before.getKey() + before.getValue().length() > offset
        || after != null && offset + size > after) {
      throw new IllegalArgumentException("a piece that overlaps another");
    }
  }

  /** The whole; for one piece without a copy. */
  Bytes join() {
    if (byOffset.size() == 1) {
      return byOffset.firstEntry().getValue();
    }
    byte[] whole = new byte[length];
    byOffset.forEach(
        (offset, content) -> System.arraycopy(content.array(), 0, whole, offset, content.length()));
    return Bytes.wrap(whole);
  }
}
