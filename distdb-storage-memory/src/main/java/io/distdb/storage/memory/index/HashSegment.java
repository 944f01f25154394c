// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * An open-addressed table, probed linearly, for the hashes that share their first {@code depth}
 * bits. A slot is a {@link HashEntry}, a {@link HashGroup}, {@link #REMOVED}, or nothing, when its
 * hash is 0.
 *
 * <p>Readers race with the writer on a slot: the content is stored before the hash, both with
 * release, and read in the other order with acquire, so who sees the hash sees the content. A taken
 * slot keeps its hash until the segment is rebuilt; a removed one is not reused. So a probe never
 * misses a key that was there when it began.
 */
final class HashSegment {
  /** Stands where an entry was, so that probes go on. */
  static final Object REMOVED = new Object();

  private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

  final int depth;
  private final long[] hashes;
  private final Object[] slots;

  /** Slots in which the collector may find something; null until there is one. Writer only. */
  private long[] due;

  /** Slots with a hash, removed ones included. Writer only. */
  private int used;

  /** Writer only. */
  private int removed;

  HashSegment(int depth, int capacity) {
    this.depth = depth;
    this.hashes = new long[capacity];
    this.slots = new Object[capacity];
  }

  int capacity() {
    return slots.length;
  }

  int live() {
    return used - removed;
  }

  boolean hasRemoved() {
    return removed > 0;
  }

  boolean isFull() {
    return used >= capacity() / 4 * 3;
  }

  /** The slot of {@code key}'s hashed part, {@code length} bytes from {@code from}; or -1. */
  int find(long hash, byte[] key, int from, int length) {
    int mask = slots.length - 1;
    for (int at = (int) hash & mask; ; at = at + 1 & mask) {
      long found = (long) HASH.getAcquire(hashes, at);
      if (found == 0) {
        return -1;
      }
      if (found == hash && holds(slot(at), key, from, length)) {
        return at;
      }
    }
  }

  private static boolean holds(Object slot, byte[] key, int from, int length) {
    byte[] own;
    if (slot instanceof HashEntry entry) {
      own = entry.key;
    } else if (slot instanceof HashGroup group) {
      own = group.keyStart();
    } else {
      return false;
    }
    return ((own[0] & 0xff) << 8 | own[1] & 0xff) == length
        && Arrays.equals(own, 2, 2 + length, key, from, from + length);
  }

  Object slot(int at) {
    return SLOT.getAcquire(slots, at);
  }

  /** Puts {@code content} into a free slot; there is one. Returns which. */
  int add(long hash, Object content) {
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    while (hashes[at] != 0) {
      at = at + 1 & mask;
    }
    SLOT.setRelease(slots, at, content);
    HASH.setRelease(hashes, at, hash);
    used++;
    return at;
  }

  void replace(int at, Object content) {
    SLOT.setRelease(slots, at, content);
  }

  void remove(int at) {
    replace(at, REMOVED);
    removed++;
  }

  void markDue(int at) {
    if (due == null) {
      due = new long[slots.length + 63 >>> 6];
    }
    due[at >>> 6] |= 1L << at;
  }

  void clearDue(int at) {
    due[at >>> 6] &= ~(1L << at);
  }

  /** The first slot at or after {@code from} where the collector may find something, or -1. */
  int nextDue(int from) {
    if (due == null) {
      return -1;
    }
    for (int word = from >>> 6; word < due.length; word++) {
      long bits = word == from >>> 6 ? due[word] & -1L << from : due[word];
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /**
   * Copies what lives here into {@code low} or, where the bit of the hash behind this segment's
   * depth is set, {@code high}; both may be the same.
   */
  void copyTo(HashSegment low, HashSegment high) {
    for (int at = 0; at < slots.length; at++) {
      long hash = hashes[at];
      if (hash != 0 && slots[at] != REMOVED) {
        HashSegment target = hash << depth < 0 ? high : low;
        int to = target.add(hash, slots[at]);
        if (due != null && (due[at >>> 6] >>> at & 1) != 0) {
          target.markDue(to);
        }
      }
    }
  }

  long heapBytes() {
    return HeapLayout.object(3, 3 * 4)
        + HeapLayout.longs(hashes.length)
        + HeapLayout.references(slots.length);
  }
}
