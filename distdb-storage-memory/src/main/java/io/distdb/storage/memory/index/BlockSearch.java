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

  /** The key's position in its leaf, negative: not there. */
  private final int[] positions;

  BlockSearch(EntryBlock block, long asOf) {
    this.block = block;
    this.asOf = asOf;
    keys = block.keys();
    int group = Math.min(GROUP, block.size());
    nodes = new PackedKeys[group];
    positions = new int[group];
  }

  void search(Tree tree) {
    PackedKeys root = tree.root();
    for (int from = 0; from < block.size(); from += GROUP) {
      int count = Math.min(GROUP, block.size() - from);
      descend(root, from, count);
      for (int i = 0; i < count; i++) {
        int at = from + i;
        positions[i] = nodes[i].find(keys, block.keyStart(at), block.keyEnd(at));
      }
      for (int i = 0; i < count; i++) {
        int position = positions[i];
        block.setValue(from + i, position < 0 ? null : ((Leaf) nodes[i]).visible(position, asOf));
      }
    }
  }

  /** Takes each key of the group from the root to its leaf; all leaves are equally deep. */
  private void descend(PackedKeys root, int from, int count) {
    Arrays.fill(nodes, 0, count, root);
    boolean inner = root instanceof Inner;
    while (inner) {
      inner = false;
      for (int i = 0; i < count; i++) {
        if (nodes[i] instanceof Inner node) {
          int at = from + i;
          nodes[i] = node.child(node.childFor(keys, block.keyStart(at), block.keyEnd(at)));
          inner |= nodes[i] instanceof Inner;
        }
      }
    }
  }
}
