// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.util.Arrays;

/**
 * Collects a hash index segment by segment, in the order of the hashes, only where something may be
 * found, and goes on where it stopped.
 */
final class HashCollector {
  private final HashDirectory directory;
  private final IndexCounters counters;

  /** Where to go on: in the segment of this hash, if it still is this one from this slot on. */
  private long nextHash;

  private HashSegment stoppedIn;
  private int nextSlot;

  HashCollector(HashDirectory directory, IndexCounters counters) {
    this.directory = directory;
    this.counters = counters;
  }

  boolean collect(long safePoint, int versionsMax) {
    CollectionRun run = new CollectionRun(safePoint, versionsMax);
    do {
      HashSegment segment = directory.segment(nextHash);
      int from = segment == stoppedIn ? nextSlot : 0;
      stoppedIn = null;
      if (!collectSegment(segment, from, run)) {
        return false;
      }
      long after = HashDirectory.hashAfter(nextHash, segment);
      shrink(segment);
      nextHash = after;
      run.looked(1);
    } while (nextHash != 0 && !run.isExhausted());
    return nextHash == 0;
  }

  /** Returns whether the end of the segment was reached. */
  private boolean collectSegment(HashSegment segment, int from, CollectionRun run) {
    for (int at = segment.nextDue(from); at >= 0; at = segment.nextDue(at + 1)) {
      if (run.isExhausted()) {
        stop(segment, at);
        return false;
      }
      switch (segment.slot(at)) {
        case HashEntry entry -> replace(segment, at, entry, entry.collect(run, counters));
        case HashGroup.Few few -> collectFew(segment, at, few, run);
        case HashGroup.Many many -> {
          if (!collectMany(segment, at, many, run)) {
            stop(segment, at);
            return false;
          }
        }
        default -> segment.clearDue(at);
      }
    }
    return true;
  }

  private void stop(HashSegment segment, int at) {
    stoppedIn = segment;
    nextSlot = at;
  }

  private void replace(HashSegment segment, int at, HashEntry entry, HashEntry kept) {
    if (kept == null) {
      segment.remove(at);
    } else if (kept != entry) {
      segment.replace(at, kept);
    }
    if (kept == null || !kept.mayHoldGarbage()) {
      segment.clearDue(at);
    }
  }

  private void collectFew(HashSegment segment, int at, HashGroup.Few few, CollectionRun run) {
    HashEntry[] kept = new HashEntry[few.entries().length];
    int size = 0;
    boolean mayHoldMore = false;
    boolean changed = false;
    for (HashEntry entry : few.entries()) {
      HashEntry left = entry.collect(run, counters);
      changed |= left != entry;
      if (left != null) {
        kept[size++] = left;
        mayHoldMore |= left.mayHoldGarbage();
      }
    }
    if (changed) {
      counters.addBytes(-few.heapBytes());
      if (size == 0) {
        segment.remove(at);
      } else if (size == 1) {
        segment.replace(at, kept[0]);
      } else {
        HashGroup.Few fewer = new HashGroup.Few(Arrays.copyOf(kept, size));
        counters.addBytes(fewer.heapBytes());
        segment.replace(at, fewer);
      }
    }
    if (!mayHoldMore) {
      segment.clearDue(at);
    }
  }

  /** Returns whether all of the group was looked at. */
  private boolean collectMany(HashSegment segment, int at, HashGroup.Many many, CollectionRun run) {
    Tree tree = many.tree();
    if (!tree.collect(run)) {
      return false;
    }
    if (tree.isEmpty()) {
      counters.addBytes(-many.heapBytes() - tree.emptyBytes());
      segment.remove(at);
      segment.clearDue(at);
    } else if (!tree.mayHoldGarbage()) {
      segment.clearDue(at);
    }
    return true;
  }

  /** Gives up room when most of a segment's slots are not needed any more. */
  private void shrink(HashSegment segment) {
    int capacity = segment.capacity();
    if (capacity > HashDirectory.SEGMENT_SLOTS_MIN
        && segment.live() < capacity / 8
        && segment.hasRemoved()) {
      directory.rebuild(nextHash, capacity / 4);
    }
  }
}
