// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.index.IndexId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The indexes of a store: an immutable table, replaced when one comes or goes. Found by open
 * addressing without boxing, as every operation of a batch looks its index up.
 */
final class IndexTable {
  static final IndexTable EMPTY = new IndexTable(List.of());

  private final List<IndexSlot> slots;
  private final IndexSlot[] hashed;

  private IndexTable(List<IndexSlot> slots) {
    this.slots = slots;
    hashed = new IndexSlot[Integer.highestOneBit(Math.max(1, slots.size())) * 4];
    for (IndexSlot slot : slots) {
      int place = place(slot.index.id().value());
      while (hashed[place] != null) {
        place = place + 1 & hashed.length - 1;
      }
      hashed[place] = slot;
    }
  }

  static IndexTable of(List<IndexSlot> slots) {
    List<IndexSlot> sorted = new ArrayList<>(slots);
    sorted.sort(Comparator.comparing(slot -> slot.index.id()));
    return new IndexTable(List.copyOf(sorted));
  }

  private int place(long id) {
    return (int) (id * 0x9e3779b97f4a7c15L >>> 40) & hashed.length - 1;
  }

  /** The index {@code id}, or null. */
  IndexSlot find(IndexId id) {
    long value = id.value();
    int place = place(value);
    while (true) {
      IndexSlot slot = hashed[place];
      if (slot == null || slot.index.id().value() == value) {
        return slot;
      }
      place = place + 1 & hashed.length - 1;
    }
  }

  /** All of them, by id. */
  List<IndexSlot> slots() {
    return slots;
  }

  IndexTable with(IndexSlot slot) {
    List<IndexSlot> more = new ArrayList<>(slots);
    more.add(slot);
    return of(more);
  }

  IndexTable without(IndexId id) {
    return of(slots.stream().filter(slot -> !slot.index.id().equals(id)).toList());
  }

  /** Memory of all indexes, in bytes. */
  long bytes() {
    long bytes = 0;
    for (IndexSlot slot : slots) {
      bytes += slot.index.estimatedBytes();
    }
    return bytes;
  }
}
