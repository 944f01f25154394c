// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Segments by the first bits of the hash. A full segment is replaced by a larger one, or, at {@link
 * #SEGMENT_SLOTS}, by two for half its hashes each; the directory doubles when its depth no longer
 * tells them apart. So growth never rehashes the whole: its longest step copies one segment, about
 * ten microseconds, or a directory of a few thousand references. Source: Fagin, Nievergelt,
 * Pippenger, Strong, "Extendible Hashing" (1979).
 *
 * <p>Replaced segments are left as they are: a reader that is in one finds there all that was there
 * when its read began (as with the nodes of {@link Tree}).
 */
final class HashDirectory {
  static final int SEGMENT_SLOTS = 2048;
  static final int SEGMENT_SLOTS_MIN = 8;

  /** Deeper than this, a segment grows instead: many hashes share their first bits. */
  private static final int DEPTH_MAX = 20;

  private static final VarHandle CELLS;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(HashSegment[].class);

  static {
    try {
      CELLS =
          MethodHandles.lookup().findVarHandle(HashDirectory.class, "cells", HashSegment[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final IndexCounters counters;

  /** A power of two; cell i is the segment of the hashes that start with the bits of i. */
  private HashSegment[] cells;

  HashDirectory(IndexCounters counters) {
    this.counters = counters;
    HashSegment only = new HashSegment(0, SEGMENT_SLOTS_MIN);
    counters.addBytes(only.heapBytes() + HeapLayout.references(1));
    CELLS.setRelease(this, new HashSegment[] {only});
  }

  HashSegment segment(long hash) {
    HashSegment[] current = (HashSegment[]) CELLS.getAcquire(this);
    return (HashSegment) CELL.getAcquire(current, cellOf(hash, current.length));
  }

  private static int cellOf(long hash, int cells) {
    return cells == 1 ? 0 : (int) (hash >>> 64 - Integer.numberOfTrailingZeros(cells));
  }

  /** Makes room where {@code hash} belongs. Writer only. */
  HashSegment grow(long hash) {
    HashSegment full = segment(hash);
    int capacity = full.capacity();
    if (full.live() < capacity * 3 / 8) {
      return rebuild(hash, capacity);
    }
    if (capacity < SEGMENT_SLOTS || full.depth >= DEPTH_MAX) {
      return rebuild(hash, capacity * 2);
    }
    HashSegment low = new HashSegment(full.depth + 1, capacity);
    HashSegment high = new HashSegment(full.depth + 1, capacity);
    full.copyTo(low, high);
    counters.addBytes(low.heapBytes() + high.heapBytes() - full.heapBytes());
    if (1 << full.depth == cells.length) {
      doubleCells();
    }
    publish(hash, low, high);
    HashSegment own = segment(hash);
    return own.isFull() ? grow(hash) : own;
  }

  /** Replaces the segment of {@code hash} by one of another capacity. Writer only. */
  HashSegment rebuild(long hash, int capacity) {
    HashSegment old = segment(hash);
    HashSegment rebuilt = new HashSegment(old.depth, capacity);
    old.copyTo(rebuilt, rebuilt);
    counters.addBytes(rebuilt.heapBytes() - old.heapBytes());
    publish(hash, rebuilt, rebuilt);
    return rebuilt;
  }

  /** Stores into the cells of {@code hash}'s segment: {@code low} in the first half. */
  private void publish(long hash, HashSegment low, HashSegment high) {
    int depth = segment(hash).depth;
    int span = cells.length >>> depth;
    int from = cellOf(hash, cells.length) & -span;
    for (int i = 0; i < span; i++) {
      CELL.setRelease(cells, from + i, i < span / 2 ? low : high);
    }
  }

  private void doubleCells() {
    HashSegment[] doubled = new HashSegment[cells.length * 2];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = cells[i >>> 1];
    }
    counters.addBytes(HeapLayout.references(doubled.length) - HeapLayout.references(cells.length));
    CELLS.setRelease(this, doubled);
  }

  /**
   * The first hash behind those of {@code segment}, which holds {@code hash}; 0 behind the last.
   */
  static long hashAfter(long hash, HashSegment segment) {
    if (segment.depth == 0) {
      return 0;
    }
    long span = 1L << 64 - segment.depth;
    return (hash & -span) + span;
  }
}
