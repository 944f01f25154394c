// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An inner node: n separators, n + 1 children; child i holds keys from separator i - 1 (included)
 * to separator i (excluded). Separators are as short as tells the neighbours apart, and never
 * change; a child is replaced in place, by a release store, by a node for the same range of keys.
 * So an inner node that was itself replaced still leads a reader to everything that was there when
 * it set out.
 */
final class Inner extends PackedKeys {
  /** Most separators. */
  static final int COUNT_MAX = 127;

  private static final VarHandle CHILD = MethodHandles.arrayElementVarHandle(PackedKeys[].class);

  private final PackedKeys[] children;

  /** The pass in which the collector must look below here; 0: nothing to find. Writer only. */
  int duePass;

  Inner(PackedKeys separators, PackedKeys[] children, int duePass) {
    super(separators);
    this.children = children;
    this.duePass = duePass;
  }

  static Inner of(PackedKeys left, byte[] separator, PackedKeys right, int duePass) {
    return new Inner(
        PackedKeys.of(new byte[][] {separator}, 1), new PackedKeys[] {left, right}, duePass);
  }

  /** The child whose range holds {@code key}. */
  int childFor(byte[] key) {
    return childAt(find(key));
  }

  /** As {@link #childFor}, of a key of which {@link #find} says {@code found}. */
  static int childAt(int found) {
    return found >= 0 ? found + 1 : ~found;
  }

  PackedKeys child(int at) {
    return (PackedKeys) CHILD.getAcquire(children, at);
  }

  void replaceChild(int at, PackedKeys node) {
    CHILD.setRelease(children, at, node);
  }

  /** A copy in which {@code left} and {@code right} stand where one child stood. */
  Inner split(int at, PackedKeys left, byte[] separator, PackedKeys right) {
    PackedKeys[] newChildren = new PackedKeys[children.length + 1];
    System.arraycopy(children, 0, newChildren, 0, at);
    newChildren[at] = left;
    newChildren[at + 1] = right;
    System.arraycopy(children, at + 1, newChildren, at + 2, children.length - at - 1);
    return new Inner(insert(at, separator), newChildren, duePass);
  }

  /** The children {@code from} to {@code to} (included) with what separates them. */
  Inner slice(int from, int to, int newDuePass) {
    PackedKeys[] newChildren = new PackedKeys[to - from + 1];
    System.arraycopy(children, from, newChildren, 0, newChildren.length);
    return new Inner(slice(from, to), newChildren, newDuePass);
  }

  /** The children of both; {@code separator} stands between them. */
  Inner concat(byte[] separator, Inner above, int newDuePass) {
    PackedKeys[] newChildren = new PackedKeys[children.length + above.children.length];
    System.arraycopy(children, 0, newChildren, 0, children.length);
    System.arraycopy(above.children, 0, newChildren, children.length, above.children.length);
    return new Inner(concat(separator, (PackedKeys) above), newChildren, newDuePass);
  }

  long heapBytes() {
    return HeapLayout.object(4, 4 * 4 + 8) + arrayBytes() + HeapLayout.references(children.length);
  }
}
