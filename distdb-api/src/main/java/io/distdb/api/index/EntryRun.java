// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import java.util.Arrays;

/**
 * Many new entries of one index on their way into it. First they are {@linkplain #add added}, in
 * any order; then {@linkplain #sort sorted}, once; from then on the run does not change and may be
 * read by any thread. One thread does both.
 *
 * <p>Keys and values are bare arrays, taken over: an entry costs no object beside them.
 */
public final class EntryRun {
  private static final int SIZE_FIRST = 64;

  private byte[][] keys;
  private byte[][] values;

  /** Element i: how many were added before entry i; null: i, or forgotten. */
  private int[] order;

  /** Whether two keys are equal; known once they are sorted. */
  private boolean repeats;

  private int size;
  private long bytes;
  private int keyBytesMax;
  private int valueBytesMax;

  public EntryRun() {
    keys = new byte[SIZE_FIRST][];
    values = new byte[SIZE_FIRST][];
  }

  private EntryRun(int capacity) {
    keys = new byte[capacity][];
    values = new byte[capacity][];
  }

  /** Adds an entry; takes both arrays over. */
  public void add(byte[] key, byte[] value) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    keys[size] = key;
    values[size++] = value;
    bytes += Varint.size(key.length) + key.length + Varint.size(value.length) + value.length;
    keyBytesMax = Math.max(keyBytesMax, key.length);
    valueBytesMax = Math.max(valueBytesMax, value.length);
  }

  public int size() {
    return size;
  }

  /** Of all keys and values with their lengths as varints. */
  public long bytes() {
    return bytes;
  }

  /** Length of the longest key. */
  public int keyBytesMax() {
    return keyBytesMax;
  }

  /** Length of the longest value. */
  public int valueBytesMax() {
    return valueBytesMax;
  }

  public byte[] key(int at) {
    return keys[at];
  }

  public byte[] value(int at) {
    return values[at];
  }

  /** All keys, the first {@link #size} of them, for reading only. */
  public byte[][] keys() {
    return keys;
  }

  /** All values, as {@link #keys}. */
  public byte[][] values() {
    return values;
  }

  // --- order ---

  /** Brings the entries into the order of their keys; those of one key stay as they were added. */
  public void sort() {
    if (isAscending()) {
      return;
    }
    KeyOrder sorted = KeyOrder.of(keys, size);
    order = sorted.positions();
    repeats = sorted.repeats();
    byte[][] sortedKeys = new byte[size][];
    byte[][] sortedValues = new byte[size][];
    for (int i = 0; i < size; i++) {
      sortedKeys[i] = keys[order[i]];
      sortedValues[i] = values[order[i]];
    }
    keys = sortedKeys;
    values = sortedValues;
  }

  /** Whether the keys ascend as they are; notes whether some are equal. */
  private boolean isAscending() {
    boolean equal = false;
    for (int i = 1; i < size; i++) {
      int compared = Arrays.compareUnsigned(keys[i - 1], keys[i]);
      if (compared > 0) {
        return false;
      }
      equal |= compared == 0;
    }
    repeats = equal;
    return true;
  }

  /** How many entries were added before the one that is at {@code at} now. */
  public int added(int at) {
    return order == null ? at : order[at];
  }

  /** Where the entry is now that was added after {@code before} others. */
  public int place(int before) {
    if (order == null) {
      return before;
    }
    int at = 0;
    while (order[at] != before) {
      at++;
    }
    return at;
  }

  /** Forgets {@link #added}; for a run that is kept. */
  public void forgetAdded() {
    order = null;
  }

  /**
   * How many entries were added before the first one whose key had been added already; -1: the keys
   * are distinct. Of a sorted run.
   */
  public int firstRepeated() {
    int first = -1;
    for (int i = 1; repeats && i < size; i++) {
      if (Arrays.equals(keys[i - 1], keys[i])) {
        first = first < 0 ? added(i) : Math.min(first, added(i));
      }
    }
    return first;
  }

  /**
   * Where {@code key} is in a sorted run; when it is not there, minus where it belongs, minus 1.
   */
  public int find(byte[] key) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int compared = Arrays.compareUnsigned(keys[middle], key);
      if (compared == 0) {
        return middle;
      }
      if (compared < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return ~low;
  }

  /** Where the first key at or above {@code key} is in a sorted run; the size if there is none. */
  public int ceiling(byte[] key) {
    int at = find(key);
    return at < 0 ? ~at : at;
  }

  /** The least range around all keys of a sorted run that is not empty. */
  public KeyRange span() {
    return new KeyRange(Bytes.wrap(keys[0]), Bytes.wrap(keys[size - 1]).successor());
  }

  /** The entries of two sorted runs, not empty, which have no key in common. */
  public static EntryRun merge(EntryRun one, EntryRun other) {
    EntryRun merged = new EntryRun(one.size + other.size);
    merged.bytes = one.bytes + other.bytes;
    merged.keyBytesMax = Math.max(one.keyBytesMax, other.keyBytesMax);
    merged.valueBytesMax = Math.max(one.valueBytesMax, other.valueBytesMax);
    int left = 0;
    int right = 0;
    boolean apart = Arrays.compareUnsigned(one.keys[one.size - 1], other.keys[0]) < 0;
    while (!apart && left < one.size && right < other.size) {
      if (Arrays.compareUnsigned(one.keys[left], other.keys[right]) < 0) {
        left = merged.take(one, left, left + 1);
      } else {
        right = merged.take(other, right, right + 1);
      }
    }
    merged.take(one, left, one.size);
    merged.take(other, right, other.size);
    return merged;
  }

  private int take(EntryRun source, int from, int to) {
    System.arraycopy(source.keys, from, keys, size, to - from);
    System.arraycopy(source.values, from, values, size, to - from);
    size += to - from;
    return to;
  }
}
