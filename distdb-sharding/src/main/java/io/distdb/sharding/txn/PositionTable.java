// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;

/** Finds the single writes of a {@link WriteBuffer} by hash: linear probing, at most half full. */
final class PositionTable {
  private static final int SLOTS_FIRST = 64;

  private final WriteBuffer writes;

  /** Position + 1; 0: free. A power of two long. */
  private int[] slots = new int[SLOTS_FIRST];

  private int size;

  PositionTable(WriteBuffer writes) {
    this.writes = writes;
  }

  /** Where {@code key} is, or -1. */
  int find(IndexId index, Bytes key) {
    int mask = slots.length - 1;
    for (int slot = hash(index, key) & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      if (writes.is(slots[slot] - 1, index, key)) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /** Adds a position whose key is not here; the buffer has it already. */
  void add(int position) {
    size++;
    if (size * 2 > slots.length) {
      int[] old = slots;
      slots = new int[old.length * 2];
      for (int entry : old) {
        if (entry != 0) {
          insert(entry - 1);
        }
      }
    }
    insert(position);
  }

  private void insert(int position) {
    int mask = slots.length - 1;
    int slot = home(position) & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = position + 1;
  }

  /** Deletion by shifting back. Source: Knuth, volume 3, section 6.4, algorithm R. */
  void remove(int position) {
    size--;
    int mask = slots.length - 1;
    int hole = home(position) & mask;
    while (slots[hole] != position + 1) {
      hole = hole + 1 & mask;
    }
    for (int slot = hole + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int home = home(slots[slot] - 1) & mask;
      if ((slot - home & mask) >= (slot - hole & mask)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
  }

  private int home(int position) {
    return hash(writes.index(position), writes.key(position));
  }

  private static int hash(IndexId index, Bytes key) {
    int hash = (key.hashCode() * 31 + Long.hashCode(index.value())) * 0x9e3779b9;
    return hash ^ hash >>> 16;
  }
}
