// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Versions of one index on their way into it, all at once: see {@link VersionedIndex#putAll}. Used
 * by one thread.
 */
public final class VersionRun {
  private static final int INITIAL_SIZE = 256;

  private byte[][] keys = new byte[INITIAL_SIZE][];
  private byte[][] values = new byte[INITIAL_SIZE][];
  private long[] timestamps = new long[INITIAL_SIZE];
  private int size;
  private boolean sorted = true;

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
    return timestamps[at];
  }

  /** Brings the keys into order; versions of one key stay in the order in which they came. */
  void sort() {
    if (sorted) {
      return;
    }
    int[] order = order();
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

  /**
   * By the 8 bytes behind what all keys have in common, with one counting pass for each byte that
   * is not the same everywhere (LSD radix sort: Knuth, The Art of Computer Programming 3, 5.2.5);
   * then whole keys among those that agree in them.
   */
  private int[] order() {
    int common = commonBytes();
    long[] prefixes = new long[size];
    long different = 0;
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      prefixes[i] = PackedKeys.prefixAt(keys[i], common) ^ Long.MIN_VALUE;
      different |= prefixes[i] ^ prefixes[0];
      order[i] = i;
    }
    int[] scratch = new int[size];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((different >>> shift & 0xff) != 0) {
        countingPass(prefixes, shift, order, scratch);
        int[] swap = order;
        order = scratch;
        scratch = swap;
      }
    }
    orderEqualPrefixes(prefixes, order);
    return order;
  }

  private int commonBytes() {
    byte[] first = keys[0];
    int common = first.length;
    for (int i = 1; i < size; i++) {
      int mismatch = Arrays.mismatch(first, keys[i]);
      common = mismatch < 0 ? common : Math.min(common, mismatch);
    }
    return common;
  }

  private static void countingPass(long[] prefixes, int shift, int[] order, int[] target) {
    int[] starts = new int[257];
    for (int at : order) {
      starts[(int) (prefixes[at] >>> shift & 0xff) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    for (int at : order) {
      target[starts[(int) (prefixes[at] >>> shift & 0xff)]++] = at;
    }
  }

  private void orderEqualPrefixes(long[] prefixes, int[] order) {
    int from = 0;
    while (from < size) {
      int to = from + 1;
      boolean inOrder = true;
      while (to < size && prefixes[order[to]] == prefixes[order[from]]) {
        inOrder = inOrder && Arrays.compareUnsigned(keys[order[to - 1]], keys[order[to]]) <= 0;
        to++;
      }
      if (!inOrder) {
        Comparator<Integer> byKey = (one, other) -> Arrays.compareUnsigned(keys[one], keys[other]);
        int[] ordered =
            Arrays.stream(order, from, to).boxed().sorted(byKey).mapToInt(at -> at).toArray();
        System.arraycopy(ordered, 0, order, from, to - from);
      }
      from = to;
    }
  }
}
