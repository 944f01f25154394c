// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.storage.WriteBatch;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Side records in key order: an immutable map. A change copies the path to the root and shares the
 * rest, so a reader, a checkpoint and a batch that is not finished yet each keep the map they began
 * with, for nothing.
 *
 * <p>Source: the AVL tree (Adelson-Velsky and Landis, 1962), with path copying (Driscoll et al.,
 * "Making data structures persistent", 1989).
 */
final class SideRecords {
  static final SideRecords EMPTY = new SideRecords(null);

  /** Heap of a node and its two {@link Bytes}, without the bytes themselves: an estimate. */
  private static final long ENTRY_BYTES = 112;

  private final Node root;

  private SideRecords(Node root) {
    this.root = root;
  }

  private record Node(Bytes key, Bytes value, Node left, Node right, int height, long bytes) {
    static Node of(Bytes key, Bytes value, Node left, Node right) {
      return new Node(
          key,
          value,
          left,
          right,
          1 + Math.max(SideRecords.height(left), SideRecords.height(right)),
          ENTRY_BYTES
              + key.length()
              + value.length()
              + SideRecords.bytes(left)
              + SideRecords.bytes(right));
    }
  }

  /** The records of two lists of equal length; keys rise. */
  static SideRecords ofSorted(List<Bytes> keys, List<Bytes> values) {
    return new SideRecords(build(keys, values, 0, keys.size()));
  }

  private static Node build(List<Bytes> keys, List<Bytes> values, int from, int to) {
    if (from == to) {
      return null;
    }
    int middle = from + to >>> 1;
    return Node.of(
        keys.get(middle),
        values.get(middle),
        build(keys, values, from, middle),
        build(keys, values, middle + 1, to));
  }

  private static int height(Node node) {
    return node == null ? 0 : node.height;
  }

  private static long bytes(Node node) {
    return node == null ? 0 : node.bytes;
  }

  /** Estimated heap, in bytes; O(1). */
  long bytes() {
    return bytes(root);
  }

  /** The value of {@code key}, or null. */
  Bytes get(Bytes key) {
    Node node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return node.value;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  /** These records as the side operations among {@code operations} leave them. */
  SideRecords after(List<WriteBatch.Operation> operations) {
    SideRecords after = this;
    for (WriteBatch.Operation operation : operations) {
      if (operation instanceof WriteBatch.PutSide put) {
        after = after.with(put.key(), put.value());
      } else if (operation instanceof WriteBatch.DeleteSide delete) {
        after = after.without(delete.key());
      }
    }
    return after;
  }

  SideRecords with(Bytes key, Bytes value) {
    return new SideRecords(put(root, key, value));
  }

  SideRecords without(Bytes key) {
    Node smaller = remove(root, key);
    return smaller == root ? this : new SideRecords(smaller);
  }

  /** Calls {@code action} for every key that starts with {@code prefix}, in order. */
  void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> action) {
    forEach(root, prefix, prefix.prefixEnd(), action);
  }

  private static void forEach(Node node, Bytes from, Bytes to, BiConsumer<Bytes, Bytes> action) {
    if (node == null) {
      return;
    }
    boolean aboveFrom = node.key.compareTo(from) >= 0;
    boolean belowTo = to == null || node.key.compareTo(to) < 0;
    if (aboveFrom) {
      forEach(node.left, from, to, action);
    }
    if (aboveFrom && belowTo) {
      action.accept(node.key, node.value);
    }
    if (belowTo) {
      forEach(node.right, from, to, action);
    }
  }

  private static Node put(Node node, Bytes key, Bytes value) {
    if (node == null) {
      return Node.of(key, value, null, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return Node.of(key, value, node.left, node.right);
    }
    return order < 0
        ? balanced(node, put(node.left, key, value), node.right)
        : balanced(node, node.left, put(node.right, key, value));
  }

  private static Node remove(Node node, Bytes key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      Node left = remove(node.left, key);
      return left == node.left ? node : balanced(node, left, node.right);
    }
    if (order > 0) {
      Node right = remove(node.right, key);
      return right == node.right ? node : balanced(node, node.left, right);
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node next = leftmost(node.right);
    return balanced(next, node.left, remove(node.right, next.key));
  }

  private static Node leftmost(Node node) {
    Node leftmost = node;
    while (leftmost.left != null) {
      leftmost = leftmost.left;
    }
    return leftmost;
  }

  /** The entry of {@code node} over two subtrees whose heights differ by at most two. */
  private static Node balanced(Node node, Node left, Node right) {
    int lean = height(left) - height(right);
    if (lean > 1) {
      return height(left.left) >= height(left.right)
          ? rotatedRight(node, left, right)
          : rotatedRight(node, rotatedLeft(left, left.left, left.right), right);
    }
    if (lean < -1) {
      return height(right.right) >= height(right.left)
          ? rotatedLeft(node, left, right)
          : rotatedLeft(node, left, rotatedRight(right, right.left, right.right));
    }
    return Node.of(node.key, node.value, left, right);
  }

  private static Node rotatedRight(Node node, Node left, Node right) {
    Node lower = Node.of(node.key, node.value, left.right, right);
    return Node.of(left.key, left.value, left.left, lower);
  }

  private static Node rotatedLeft(Node node, Node left, Node right) {
    Node lower = Node.of(node.key, node.value, left, right.left);
    return Node.of(right.key, right.value, lower, right.right);
  }

  /** Height of the tree, for tests: at most 1.45 log2 of the number of records. */
  int height() {
    return height(root);
  }
}
