// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.error.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a tree bottom-up from sorted versions: leaves are filled one after the other, then each
 * level of inner nodes over the level below.
 */
final class TreeBuilder {
  private final IndexCounters counters;
  private final List<PackedKeys> leaves = new ArrayList<>();

  /** Separator i - 1 stands between leaves i - 1 and i. */
  private final List<byte[]> separators = new ArrayList<>();

  private final byte[][] keys = new byte[Leaf.COUNT_MAX][];
  private final long[] timestamps = new long[Leaf.COUNT_MAX];
  private final Object[] slots = new Object[Leaf.COUNT_MAX];
  private int count;
  private long keyBytes;
  private boolean garbage;
  private byte[] lastKey;

  TreeBuilder(IndexCounters counters) {
    this.counters = counters;
  }

  /** Adds a version: keys ascending, the versions of one key from newest to oldest. */
  void add(byte[] key, byte[] value, long timestamp) {
    int order = lastKey == null ? 1 : Arrays.compareUnsigned(key, lastKey);
    Invariant.check(order >= 0, "versions to build an index from come in key order");
    if (order == 0) {
      int at = count - 1;
      slots[at] = Version.add(slots[at], timestamps[at], value, timestamp, counters);
      garbage = true;
      return;
    }
    if (count == Leaf.COUNT_MAX || keyBytes >= Leaf.DATA_BYTES_MAX) {
      finishLeaf();
      separators.add(PackedKeys.separator(lastKey, key));
    }
    keys[count] = key;
    timestamps[count] = timestamp;
    slots[count++] = Version.first(value, timestamp);
    keyBytes += key.length;
    garbage |= value == null;
    lastKey = key;
    counters.keyAdded(value);
  }

  private void finishLeaf() {
    Leaf leaf = Leaf.of(keys, timestamps, slots, count, garbage ? 1 : 0);
    counters.addBytes(leaf.heapBytes());
    leaves.add(leaf);
    count = 0;
    keyBytes = 0;
    garbage = false;
  }

  /** The tree; this builder is spent. */
  Tree finish() {
    if (count > 0) {
      finishLeaf();
    }
    if (leaves.isEmpty()) {
      return new Tree(counters);
    }
    List<PackedKeys> level = leaves;
    List<byte[]> between = separators;
    while (level.size() > 1) {
      List<PackedKeys> above = new ArrayList<>();
      List<byte[]> betweenAbove = new ArrayList<>();
      int parents = (level.size() + Inner.COUNT_MAX) / (Inner.COUNT_MAX + 1);
      for (int i = 0; i < parents; i++) {
        int from = (int) ((long) level.size() * i / parents);
        int to = (int) ((long) level.size() * (i + 1) / parents);
        if (i > 0) {
          betweenAbove.add(between.get(from - 1));
        }
        above.add(inner(level.subList(from, to), between.subList(from, to - 1)));
      }
      level = above;
      between = betweenAbove;
    }
    return new Tree(counters, level.get(0));
  }

  private Inner inner(List<PackedKeys> children, List<byte[]> between) {
    int due = 0;
    for (PackedKeys child : children) {
      due = CollectionRun.earlier(due, Tree.duePass(child));
    }
    PackedKeys packed = PackedKeys.of(between.toArray(new byte[0][]), between.size());
    Inner inner = new Inner(packed, children.toArray(new PackedKeys[0]), due);
    counters.addBytes(inner.heapBytes());
    return inner;
  }
}
