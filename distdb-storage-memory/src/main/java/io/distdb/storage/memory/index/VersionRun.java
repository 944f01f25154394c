// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.EntryRun;
import io.distdb.api.index.KeyOrder;
import java.util.Arrays;

/**
 * Versions of one index on their way into it, all at once: see {@link VersionedIndex#putAll}. Used
 * by one thread.
 */
public final class VersionRun {
  private static final int INITIAL_SIZE = 256;

  private byte[][] keys;
  private byte[][] values;

  /** Null: {@link #timestamp} for all. */
  private long[] timestamps;

  private long timestamp;
  private int size;
  private boolean sorted = true;

  /** An empty run. */
  public VersionRun() {
    keys = new byte[INITIAL_SIZE][];
    values = new byte[INITIAL_SIZE][];
    timestamps = new long[INITIAL_SIZE];
  }

  /** The entries of a sorted run as versions of one time; nothing is added to it. */
  public VersionRun(EntryRun entries, long timestamp) {
    keys = entries.keys();
    values = entries.values();
    size = entries.size();
    this.timestamp = timestamp;
  }

  /**
   * Adds a version behind the others; it takes both arrays over.
   *
   * @param value null for a deletion
   * @param timestamp among the versions of its key at or above the last one
   */
  public void add(byte[] key, byte[] value, long timestamp) {
    if (size == keys.length) {
      grow(2 * size);
    }
    sorted = sorted && (size == 0 || Arrays.compareUnsigned(keys[size - 1], key) <= 0);
    keys[size] = key;
    values[size] = value;
    timestamps[size++] = timestamp;
  }

  private void grow(int length) {
    keys = Arrays.copyOf(keys, length);
    values = Arrays.copyOf(values, length);
    timestamps = Arrays.copyOf(timestamps, length);
  }

  public int size() {
    return size;
  }

  public byte[] key(int at) {
    return keys[at];
  }

  /** Null for a deletion. */
  public byte[] value(int at) {
    return values[at];
  }

  public long timestamp(int at) {
    return timestamps == null ? timestamp : timestamps[at];
  }

  /** Brings the keys into order; versions of one key stay in the order in which they came. */
  void sort() {
    if (sorted) {
      return;
    }
    int[] order = KeyOrder.of(keys, size).positions();
    byte[][] sortedKeys = new byte[size][];
    byte[][] sortedValues = new byte[size][];
    long[] sortedTimestamps = new long[size];
    for (int i = 0; i < size; i++) {
      int from = order[i];
      sortedKeys[i] = keys[from];
      sortedValues[i] = values[from];
      sortedTimestamps[i] = timestamps[from];
    }
    keys = sortedKeys;
    values = sortedValues;
    timestamps = sortedTimestamps;
    sorted = true;
  }
}
