// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.Direction;

/**
 * Goes from leaf to leaf while the writer works. Holds one leaf and its parent; at the parent's
 * edge it descends anew, by the separator above. So a walk that stays open for long pins one inner
 * node with its leaves, not an old tree. Leaves need no links to their neighbours.
 */
final class LeafWalk {
  private final Tree tree;
  private final Direction direction;
  private Inner parent;
  private int at;

  /** The separator where the parent's range ends, in walking direction; null: the tree's edge. */
  private byte[] fence;

  LeafWalk(Tree tree, Direction direction) {
    this.tree = tree;
    this.direction = direction;
  }

  /**
   * Forward, the leaf whose range holds {@code key}; backward, the one whose range holds the keys
   * just below it; {@code null} is the end where a backward walk starts.
   */
  Leaf start(byte[] key) {
    Inner fenceNode = null;
    int fenceAt = 0;
    parent = null;
    PackedKeys node = tree.root();
    while (node instanceof Inner inner) {
      if (parent != null && hasSibling()) {
        fenceNode = parent;
        fenceAt = at;
      }
      parent = inner;
      at = childFor(inner, key);
      node = inner.child(at);
    }
    fence = null;
    if (fenceNode != null) {
      fence = fenceNode.key(direction == Direction.FORWARD ? fenceAt : fenceAt - 1);
    }
    return (Leaf) node;
  }

  /** The next leaf in walking direction, or null. */
  Leaf advance() {
    if (parent != null && hasSibling()) {
      at += direction == Direction.FORWARD ? 1 : -1;
      return (Leaf) parent.child(at);
    }
    return fence == null ? null : start(fence);
  }

  private boolean hasSibling() {
    return direction == Direction.FORWARD ? at < parent.count() : at > 0;
  }

  private int childFor(Inner inner, byte[] key) {
    if (direction == Direction.FORWARD) {
      return inner.childFor(key);
    }
    return key == null ? inner.count() : inner.lowerBound(key);
  }
}
