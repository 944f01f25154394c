// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.util.Arrays;

/**
 * Puts a sorted run of versions into a tree, a leaf's share at a time: one descent and one copy of
 * the leaf where {@link Tree#put} needs them for every key. Of one writer.
 *
 * <p>No step takes more than a leaf can hold, so that what was one leaf becomes at most two and is
 * published as any other split is: readers may go on meanwhile.
 */
final class RunMerge {
  private static final int ENTRIES_MAX = 2 * Leaf.COUNT_MAX;

  private final Tree tree;
  private final TreePath path;
  private final IndexCounters counters;
  private final VersionRun run;

  /** The entries of the leaf at hand, old and new. */
  private final byte[][] keys = new byte[ENTRIES_MAX][];

  private final long[] timestamps = new long[ENTRIES_MAX];
  private final Object[] slots = new Object[ENTRIES_MAX];
  private int count;
  private int copied;
  private boolean garbage;

  RunMerge(Tree tree, TreePath path, IndexCounters counters, VersionRun run) {
    this.tree = tree;
    this.path = path;
    this.counters = counters;
    this.run = run;
  }

  /** Puts all of the run, which is sorted. */
  void merge() {
    int from = 0;
    while (from < run.size()) {
      Leaf leaf = path.descend(tree.root(), run.key(from));
      int to = shareEnd(leaf, from);
      if (to - from == 1) {
        tree.put(path, run.key(from), run.value(from), run.timestamp(from));
      } else {
        merge(leaf, from, to);
      }
      from = to;
    }
  }

  /** Where the run leaves the leaf's range, or the leaf has enough for once. */
  private int shareEnd(Leaf leaf, int from) {
    byte[] above = path.upperBound();
    int most = Math.min(run.size(), from + Leaf.COUNT_MAX);
    int bytes = leaf.data.length + run.key(from).length;
    int to = from + 1;
    while (to < most && (above == null || Arrays.compareUnsigned(run.key(to), above) < 0)) {
      bytes += run.key(to).length;
      if (bytes >= Leaf.DATA_BYTES_MAX) {
        break;
      }
      to++;
    }
    return to;
  }

  private void merge(Leaf leaf, int from, int to) {
    count = 0;
    copied = 0;
    garbage = false;
    boolean atEnd = ~leaf.find(run.key(from)) == leaf.count();
    boolean beside = atEnd && leaf.isFull();
    if (beside) {
      copied = leaf.count();
    }
    for (int i = from; i < to; i++) {
      add(leaf, i, i > from && Arrays.equals(run.key(i), run.key(i - 1)));
    }
    copyBelow(leaf, leaf.count());
    if (garbage) {
      tree.markDue(path, leaf);
    }
    if (beside) {
      publishBeside(leaf);
    } else if (count > leaf.count()) {
      publish(leaf, atEnd ? Leaf.COUNT_MAX : count / 2);
    }
    Arrays.fill(keys, 0, count, null);
    Arrays.fill(slots, 0, count, null);
  }

  private void add(Leaf leaf, int i, boolean again) {
    byte[] key = run.key(i);
    byte[] value = run.value(i);
    long timestamp = run.timestamp(i);
    int at = leaf.find(key);
    if (at >= 0) {
      leaf.addVersion(at, value, timestamp, counters);
      garbage = true;
    } else if (again) {
      int last = count - 1;
      slots[last] = Version.add(slots[last], timestamps[last], value, timestamp, counters);
      garbage = true;
    } else {
      copyBelow(leaf, ~at);
      counters.keyAdded(value);
      put(key, Version.first(value, timestamp), timestamp);
      garbage |= value == null;
    }
  }

  /** Copies the leaf's entries up to, not including, {@code end}; none is copied twice. */
  private void copyBelow(Leaf leaf, int end) {
    for (; copied < end; copied++) {
      put(leaf.key(copied), leaf.slot(copied), leaf.baseTimestamp(copied));
    }
  }

  private void put(byte[] key, Object slot, long timestamp) {
    keys[count] = key;
    slots[count] = slot;
    timestamps[count++] = timestamp;
  }

  /** Puts what was gathered to the right of {@code leaf}, which is full. */
  private void publishBeside(Leaf leaf) {
    Leaf right = Leaf.of(keys, timestamps, slots, count, leaf.duePass);
    counters.addBytes(right.heapBytes());
    tree.replaceLast(leaf, right);
    byte[] separator = PackedKeys.separator(leaf.key(leaf.count() - 1), keys[0]);
    tree.split(path, path.height(), leaf, separator, right);
  }

  /** Puts what was gathered in the place of {@code leaf}. */
  private void publish(Leaf leaf, int middle) {
    if (count <= Leaf.COUNT_MAX) {
      Leaf grown = Leaf.of(keys, timestamps, slots, count, leaf.duePass);
      counters.addBytes(grown.heapBytes() - leaf.heapBytes());
      tree.replaceLast(leaf, grown);
      tree.replace(path, path.height(), grown);
      return;
    }
    Leaf left = Leaf.of(keys, timestamps, slots, middle, leaf.duePass);
    Leaf right =
        Leaf.of(
            Arrays.copyOfRange(keys, middle, count),
            Arrays.copyOfRange(timestamps, middle, count),
            Arrays.copyOfRange(slots, middle, count),
            count - middle,
            leaf.duePass);
    counters.addBytes(left.heapBytes() + right.heapBytes() - leaf.heapBytes());
    tree.replaceLast(leaf, right);
    byte[] separator = PackedKeys.separator(keys[middle - 1], keys[middle]);
    tree.split(path, path.height(), left, separator, right);
  }
}
