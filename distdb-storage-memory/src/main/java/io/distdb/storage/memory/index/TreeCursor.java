// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

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

  /** Scratch space of {@link #see}. */
  private int[] chains;

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
   * Fills a block without keys. First the slots of as many leaves as it has room for, then one loop
   * over what they refer to: so the loads of leaves wait for no row, and those of a whole block's
   * rows, which are anywhere in memory, overlap.
   */
  private int nextValues(EntryBlock block) {
    while (!block.isFull() && walk != null) {
      int size = block.size();
      block.added(see(block.values(), size, copyHeads(block.values(), size, block.capacity())));
    }
    return block.size();
  }

  /**
   * Copies slots to {@code target} from {@code first} on until it is full or the range ends. Of a
   * leaf with timestamps above ours the values that we see.
   *
   * @return where they end
   */
  private int copyHeads(Object[] target, int first, int capacity) {
    int to = first;
    while (to < capacity && walk != null) {
      int from = at + 1;
      int count = Math.min(end - from, capacity - to);
      if (count > 0) {
        at += count;
        if (basesVisible) {
          leaf.copyHeads(from, from + count, target, to);
          to += count;
        } else {
          to += leaf.copyVisible(from, from + count, asOf, target, to);
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
    return to;
  }

  /**
   * Turns slots from {@code first} up to {@code to}, whose bases we see, to the values that we see.
   *
   * <p>Which slots hold a chain is as good as random where rows were updated, and a branch on it
   * would be guessed wrong while the object it asks about is still under way from memory. So a
   * first loop without such a branch lists the chains, and only then are they walked.
   *
   * @return how many there are
   */
  private int see(Object[] heads, int first, int to) {
    VarHandle.acquireFence();
    if (chains == null || chains.length < heads.length) {
      chains = new int[heads.length];
    }
    int[] positions = chains;
    int count = 0;
    for (int i = first; i < to; i++) {
      positions[count] = i;
      count += heads[i].getClass() == byte[].class ? 0 : 1;
    }
    int hidden = 0;
    for (int n = 0; n < count; n++) {
      byte[] value = Version.visible(heads[positions[n]], asOf, asOf);
      heads[positions[n]] = value;
      hidden += value == null ? 1 : 0;
    }
    if (hidden > 0) {
      closeGaps(heads, first, to);
    }
    return to - first - hidden;
  }

  private static void closeGaps(Object[] values, int first, int to) {
    int next = first;
    for (int i = first; i < to; i++) {
      if (values[i] != null) {
        values[next++] = values[i];
      }
    }
    Arrays.fill(values, next, to, null);
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
