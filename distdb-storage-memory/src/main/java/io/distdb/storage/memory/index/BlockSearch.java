// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.EntryBlock;
import java.util.Arrays;

/**
 * Looks the keys of a block up in a tree, {@value #GROUP} side by side.
 *
 * <p>A search in a tree that is larger than the processor's caches mostly waits: each step needs a
 * node, or a part of one, that only the step before has named. Keys do not wait for each other. So
 * one step is taken for every key of a group, then the next step for every key; the loads of one
 * step come from independent rounds of a short loop, and the processor has several of them under
 * way at a time. Source: Chen, Ailamaki, Gibbons, Mowry, "Improving Hash Join Performance through
 * Prefetching" (2004), section 4 (group prefetching), here without prefetch instructions; the idea
 * for trees: Psaropoulos, Legler, May, Ailamaki, "Interleaving with Coroutines" (2017).
 *
 * <p>Each key is read as {@link Tree#get} reads it, from one root. Used once, by one thread.
 */
final class BlockSearch {
  private static final int GROUP = 32;

  private final EntryBlock block;
  private final byte[] keys;
  private final long asOf;

  /** The node of each key of the group on the way down, its leaf in the end. */
  private final PackedKeys[] nodes;

  /** How many keys that node had when it was first looked at. */
  private final int[] sizes;

  /** How far the search in it has come, then the position, or ~(where the key would be). */
  private final int[] positions;

  private final Object[] heads;

  BlockSearch(EntryBlock block, long asOf) {
    this.block = block;
    this.asOf = asOf;
    keys = block.keys();
    int group = Math.min(GROUP, block.size());
    nodes = new PackedKeys[group];
    sizes = new int[group];
    positions = new int[group];
    heads = new Object[group];
  }

  void search(Tree tree) {
    PackedKeys root = tree.root();
    for (int from = 0; from < block.size(); from += GROUP) {
      int count = Math.min(GROUP, block.size() - from);
      Arrays.fill(nodes, 0, count, root);
      find(from, count);
      while (goDown(count)) {
        find(from, count);
      }
      read(from, count);
    }
  }

  /** Finds each key in its node. */
  private void find(int from, int count) {
    for (int i = 0; i < count; i++) {
      sizes[i] = nodes[i].count();
    }
    for (int i = 0; i < count; i++) {
      int start = block.keyStart(from + i);
      positions[i] = nodes[i].beginFind(keys, start, block.keyEnd(from + i), sizes[i]);
    }
    for (int i = 0; i < count; i++) {
      int start = block.keyStart(from + i);
      int end = block.keyEnd(from + i);
      positions[i] = nodes[i].finishFind(keys, start, end, sizes[i], positions[i]);
    }
  }

  /** Goes on to the child of each node that has some; false: all are leaves. */
  private boolean goDown(int count) {
    boolean inner = false;
    for (int i = 0; i < count; i++) {
      if (nodes[i] instanceof Inner node) {
        nodes[i] = node.child(Inner.childAt(positions[i]));
        inner = true;
      }
    }
    return inner;
  }

  private void read(int from, int count) {
    for (int i = 0; i < count; i++) {
      heads[i] = positions[i] < 0 ? null : ((Leaf) nodes[i]).slot(positions[i]);
    }
    for (int i = 0; i < count; i++) {
      int at = positions[i];
      block.setValue(from + i, at < 0 ? null : ((Leaf) nodes[i]).visible(at, heads[i], asOf));
    }
  }
}
