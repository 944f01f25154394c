// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/**
 * The way from the root to a leaf, as the writer went last. Reused from one descent to the next; of
 * one writer.
 */
final class TreePath {
  private static final int HEIGHT_MAX = 32;

  private final Inner[] nodes = new Inner[HEIGHT_MAX];
  private final int[] positions = new int[HEIGHT_MAX];
  private int height;

  Leaf descend(PackedKeys root, byte[] key) {
    int level = 0;
    PackedKeys node = root;
    while (node instanceof Inner inner) {
      int at = inner.childFor(key);
      nodes[level] = inner;
      positions[level++] = at;
      node = inner.child(at);
    }
    height = level;
    return (Leaf) node;
  }

  /** Number of inner nodes on the way; the leaf's level. */
  int height() {
    return height;
  }

  /** The inner node at {@code level}, 0 being the root. */
  Inner node(int level) {
    return nodes[level];
  }

  /** Which child of that node the way goes on with. */
  int position(int level) {
    return positions[level];
  }

  /** What all keys of the leaf are below, or null: it is the last leaf. A fresh array. */
  byte[] upperBound() {
    for (int level = height - 1; level >= 0; level--) {
      if (positions[level] < nodes[level].count()) {
        return nodes[level].key(positions[level]);
      }
    }
    return null;
  }

  void markDue(int pass) {
    for (int level = height - 1; level >= 0 && nodes[level].duePass == 0; level--) {
      nodes[level].duePass = pass;
    }
  }
}
