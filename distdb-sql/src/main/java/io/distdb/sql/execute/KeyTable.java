// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * Numbers distinct keys of several columns: 0, 1, … in order of arrival. NULLs are equal to each
 * other, -0 to 0, NaN to NaN. Open addressing with linear probing over key numbers; hashes are kept
 * beside them, so that growing compares nothing.
 */
final class KeyTable {
  static final int ABSENT = -1;

  private final Vector[] keys;
  private int[] hashes = new int[16];
  private int[] slots = new int[32];
  private int size;
  private long referredBytes;

  /**
   * @param likes vectors of the types of the key's columns
   */
  KeyTable(Vector[] likes) {
    keys = new Vector[likes.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new Vector(likes[i].type, 16);
    }
    Arrays.fill(slots, ABSENT);
  }

  int size() {
    return size;
  }

  /** What the keys take, an estimate. */
  long heapBytes() {
    long bytes = referredBytes + 4L * (hashes.length + slots.length);
    for (Vector key : keys) {
      bytes += key.arrayBytes();
    }
    return bytes;
  }

  /** The key columns, in order of key number. */
  Vector[] keys() {
    return keys;
  }

  /** The number of the key at {@code row}, a new one when it is new. */
  int findOrAdd(Vector[] columns, int row) {
    return findOrAdd(columns, row, hash(columns, row));
  }

  /** The same where the {@link #hash} is known. */
  int findOrAdd(Vector[] columns, int row, int hash) {
    int slot = slot(columns, row, hash);
    if (slots[slot] != ABSENT) {
      return slots[slot];
    }
    int number = size++;
    for (int i = 0; i < keys.length; i++) {
      keys[i].ensure(size);
      keys[i].set(number, columns[i], row);
      referredBytes += keys[i].referredBytes(number);
    }
    if (hashes.length < size) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[number] = hash;
    slots[slot] = number;
    if (size * 2 > slots.length) {
      grow();
    }
    return number;
  }

  /** The number of the key at {@code row}, or {@link #ABSENT}. */
  int find(Vector[] columns, int row) {
    return find(columns, row, hash(columns, row));
  }

  /** The same where the {@link #hash} is known. */
  int find(Vector[] columns, int row, int hash) {
    return slots[slot(columns, row, hash)];
  }

  /** The hash of key {@code number}. */
  int hash(int number) {
    return hashes[number];
  }

  /** Equal for equal keys. */
  static int hash(Vector[] columns, int row) {
    int hash = 0;
    for (Vector column : columns) {
      hash = hash * 31 + column.hash(row);
    }
    return hash ^ hash >>> 15;
  }

  private int slot(Vector[] columns, int row, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != ABSENT && !isKey(slots[slot], columns, row, hash)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isKey(int number, Vector[] columns, int row, int hash) {
    if (hashes[number] != hash) {
      return false;
    }
    for (int i = 0; i < keys.length; i++) {
      if (!keys[i].same(number, columns[i], row)) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, ABSENT);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != ABSENT) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number;
    }
  }
}
