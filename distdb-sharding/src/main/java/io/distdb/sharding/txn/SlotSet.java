// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A lock-free bag for few members that come and go often. Each thread starts at a slot of its own
 * cache line, so that adding and removing cost one uncontended atomic operation and one store; a
 * walk reads all slots. A walk sees every member that was added before it began and not removed
 * before it ended.
 */
final class SlotSet<T> {
  private static final int SLOTS = 64;
  private static final int LINE = 16;

  private static final class Segment<T> {
    final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS * LINE);
    private Segment<T> next;

    synchronized Segment<T> nextOrNew() {
      if (next == null) {
        next = new Segment<>();
      }
      return next;
    }

    synchronized Segment<T> next() {
      return next;
    }
  }

  /** Told of each member; false ends the walk. */
  interface Visitor<T> {
    boolean visit(T member);
  }

  private final Segment<T> first = new Segment<>();
  private final AtomicInteger threads = new AtomicInteger();

  /** Where a thread starts. By order of arrival: thread ids differ from run to run. */
  private final ThreadLocal<Integer> home = ThreadLocal.withInitial(threads::getAndIncrement);

  /** Whether there ever was a second segment. */
  private volatile boolean grown;

  /** Adds {@code member}; the answer names its slot for {@link #remove}. */
  int add(T member) {
    int start = home.get() & SLOTS - 1;
    Segment<T> segment = first;
    for (int base = 0; ; base += SLOTS) {
      for (int i = 0; i < SLOTS; i++) {
        int slot = start + i & SLOTS - 1;
        if (segment.slots.get(slot * LINE) == null
            && segment.slots.compareAndSet(slot * LINE, null, member)) {
          return base + slot;
        }
      }
      grown = true;
      segment = segment.nextOrNew();
    }
  }

  void remove(int slot) {
    Segment<T> segment = first;
    for (int i = slot / SLOTS; i > 0; i--) {
      segment = segment.next();
    }
    segment.slots.setRelease(slot % SLOTS * LINE, null);
  }

  /** Walks; answers whether the walk came to its end. */
  boolean forEach(Visitor<T> visitor) {
    for (Segment<T> segment = first; segment != null; segment = grown ? segment.next() : null) {
      for (int slot = 0; slot < SLOTS; slot++) {
        T member = segment.slots.get(slot * LINE);
        if (member != null && !visitor.visit(member)) {
          return false;
        }
      }
    }
    return true;
  }
}
