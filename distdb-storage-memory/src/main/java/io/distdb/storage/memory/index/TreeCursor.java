// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;

/**
 * Walks over the entries of a range at one timestamp. Bounds are searched once in each leaf, not
 * compared with each key; keys are built when asked for.
 */
final class TreeCursor implements IndexCursor {
  private final KeyRange range;
  private final boolean forward;
  private final long asOf;
  private LeafWalk walk;
  private Leaf leaf;

  /** The current position in the leaf, and where to stop in it (excluded). */
  private int at;

  private int end;
  private boolean lastLeaf;
  private boolean basesVisible;
  private byte[] value;

  TreeCursor(Tree tree, KeyRange range, Direction direction, long asOf) {
    this.range = range;
    this.forward = direction == Direction.FORWARD;
    this.asOf = asOf;
    if (!range.isEmpty()) {
      walk = new LeafWalk(tree, direction);
      Bytes from = forward ? range.from() : range.to();
      byte[] start = from == null ? null : from.array();
      enter(walk.start(start), start);
    }
  }

  /** Starts in {@code next}, at {@code start} unless that is null. */
  private void enter(Leaf next, byte[] start) {
    leaf = next;
    int size = next.count();
    basesVisible = next.basesVisible(asOf);
    if (forward) {
      at = start == null ? -1 : next.lowerBound(start) - 1;
      end = range.to() == null ? size : Math.min(size, next.lowerBound(range.to().array()));
      lastLeaf = end < size;
    } else {
      at = start == null ? size : Math.min(size, next.lowerBound(start));
      end = next.lowerBound(range.from().array()) - 1;
      lastLeaf = end >= 0;
    }
  }

  @Override
  public boolean next() {
    while (walk != null) {
      if (forward ? nextForward() : nextBackward()) {
        return true;
      }
      Leaf next = lastLeaf ? null : walk.advance();
      if (next == null) {
        close();
      } else {
        enter(next, null);
      }
    }
    return false;
  }

  @Override
  public int next(EntryBlock block) {
    block.clear();
    if (forward && !block.hasKeys()) {
      return nextValues(block);
    }
    while (!block.isFull() && next()) {
      if (block.hasKeys()) {
        block.add(key(), value());
      } else {
        block.addValue(value);
      }
      if (forward) {
        int to = Math.min(end, at + 1 + block.capacity() - block.size());
        leaf.copyEntries(at + 1, to, asOf, block);
        at = to - 1;
      }
    }
    return block.size();
  }

  /**
   * Fills a block without keys, leaf by leaf, and looks at no row: whoever reads columns of the
   * block's rows does, in loops that have the loads of many rows under way.
   */
  private int nextValues(EntryBlock block) {
    while (!block.isFull() && walk != null) {
      int from = at + 1;
      int to = Math.min(end, from + block.capacity() - block.size());
      if (from < to) {
        at = to - 1;
        if (basesVisible) {
          leaf.copyValues(from, to, asOf, block);
        } else {
          leaf.copyOldValues(from, to, asOf, block);
        }
        continue;
      }
      Leaf next = lastLeaf ? null : walk.advance();
      if (next == null) {
        close();
      } else {
        enter(next, null);
      }
    }
    return block.size();
  }

  private boolean nextForward() {
    while (++at < end) {
      if (readValue()) {
        return true;
      }
    }
    return false;
  }

  private boolean nextBackward() {
    while (--at > end) {
      if (readValue()) {
        return true;
      }
    }
    return false;
  }

  private boolean readValue() {
    Object head = leaf.slot(at);
    value = basesVisible && head instanceof byte[] bare ? bare : leaf.visible(at, head, asOf);
    return value != null;
  }

  @Override
  public Bytes key() {
    return Bytes.wrap(leaf.key(at));
  }

  @Override
  public Bytes value() {
    return Bytes.wrap(value);
  }

  @Override
  public void close() {
    walk = null;
    leaf = null;
    value = null;
  }
}
