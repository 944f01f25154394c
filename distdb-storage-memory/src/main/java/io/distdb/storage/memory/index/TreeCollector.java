// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.util.Arrays;

/**
 * Walks over the nodes that are due, collects their leaves, and where a leaf lost keys joins small
 * neighbours. Replacements are published as in {@link Tree}; each method returns what is to stand
 * in its node's place: the node itself, another, or null for nothing.
 */
final class TreeCollector {
  /** Neighbours are joined when together they fill at most this part of a node: no thrashing. */
  private static final double JOINED_FILL_MAX = 0.6;

  private final CollectionRun run;
  private final IndexCounters counters;

  TreeCollector(CollectionRun run, IndexCounters counters) {
    this.run = run;
    this.counters = counters;
  }

  PackedKeys collect(PackedKeys node) {
    if (!run.visits(Tree.duePass(node))) {
      return node;
    }
    if (node instanceof Inner inner) {
      return collectInner(inner);
    }
    Leaf leaf = (Leaf) node;
    Leaf kept = leaf.collect(run, counters);
    if (kept != leaf) {
      counters.addBytes((kept == null ? 0 : kept.heapBytes()) - leaf.heapBytes());
    }
    return kept;
  }

  private PackedKeys collectInner(Inner inner) {
    int children = inner.count() + 1;
    PackedKeys[] kept = new PackedKeys[children];
    boolean reshape = false;
    int due = 0;
    for (int i = 0; i < children; i++) {
      PackedKeys child = inner.child(i);
      kept[i] = collect(child);
      if (kept[i] == null) {
        reshape = true;
        continue;
      }
      due = CollectionRun.earlier(due, Tree.duePass(kept[i]));
      if (kept[i] != child) {
        inner.replaceChild(i, kept[i]);
        reshape |= canJoin(kept, i) || i + 1 < children && joins(kept[i], inner.child(i + 1));
      }
    }
    inner.duePass = due;
    return reshape ? reshape(inner, kept, due) : inner;
  }

  private static boolean canJoin(PackedKeys[] kept, int at) {
    return at > 0 && kept[at - 1] != null && joins(kept[at - 1], kept[at]);
  }

  private static boolean joins(PackedKeys left, PackedKeys right) {
    int max = left instanceof Inner ? Inner.COUNT_MAX : Leaf.COUNT_MAX;
    return left.count() + right.count() < max * JOINED_FILL_MAX
        && left.data.length + right.data.length < Leaf.DATA_BYTES_MAX;
  }

  /** A copy of {@code inner} without the null children and with small neighbours joined. */
  private Inner reshape(Inner inner, PackedKeys[] kept, int due) {
    PackedKeys[] children = new PackedKeys[kept.length];
    byte[][] separators = new byte[kept.length][];
    int size = 0;
    for (int i = 0; i < kept.length; i++) {
      PackedKeys child = kept[i];
      if (child == null) {
        continue;
      }
      byte[] separator = i == 0 ? null : inner.key(i - 1);
      if (size > 0 && joins(children[size - 1], child)) {
        children[size - 1] = join(children[size - 1], separator, child);
      } else {
        separators[size] = separator;
        children[size++] = child;
      }
    }
    counters.addBytes(-inner.heapBytes());
    if (size == 0) {
      return null;
    }
    System.arraycopy(separators, 1, separators, 0, size - 1);
    Inner reshaped =
        new Inner(PackedKeys.of(separators, size - 1), Arrays.copyOf(children, size), due);
    counters.addBytes(reshaped.heapBytes());
    return reshaped;
  }

  private PackedKeys join(PackedKeys left, byte[] separator, PackedKeys right) {
    if (left instanceof Leaf lower) {
      Leaf upper = (Leaf) right;
      Leaf joined = lower.concat(upper);
      counters.addBytes(joined.heapBytes() - lower.heapBytes() - upper.heapBytes());
      return joined;
    }
    Inner lower = (Inner) left;
    Inner upper = (Inner) right;
    int due = CollectionRun.earlier(lower.duePass, upper.duePass);
    Inner joined = lower.concat(separator, upper, due);
    counters.addBytes(joined.heapBytes() - lower.heapBytes() - upper.heapBytes());
    return joined;
  }
}
