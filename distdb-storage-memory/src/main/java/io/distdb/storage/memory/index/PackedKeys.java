// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.util.Arrays;

/**
 * Sorted distinct keys, packed as {@link KeyArrays} says: what leaves and inner nodes share. Here
 * is how keys are packed, added and taken apart, which is the writer's work.
 */
class PackedKeys extends KeyArrays {
  PackedKeys(PackedKeys keys) {
    super(keys);
  }

  private PackedKeys(long[] prefixes, byte[] data, int[] ends, int skip, int length, int count) {
    super(prefixes, data, ends, skip, length, count);
  }

  /** Packs the first {@code count} of {@code keys}, ascending, into exactly fitting arrays. */
  static PackedKeys of(byte[][] keys, int count) {
    return of(keys, count, count);
  }

  /** As {@link #of(byte[][], int)}, with room for {@code capacity} keys of like size. */
  static PackedKeys of(byte[][] keys, int count, int capacity) {
    if (count == 0) {
      return new PackedKeys(new long[0], new byte[0], null, 0, 0, 0);
    }
    int length = keys[0].length;
    int longest = length;
    for (int i = 1; i < count; i++) {
      length = keys[i].length == length ? length : -1;
      longest = Math.max(longest, keys[i].length);
    }
    int skip = skip(keys[0], keys[count - 1], longest);
    int tails = 0;
    for (int i = 0; i < count; i++) {
      tails += tailLength(keys[i].length - skip);
    }
    boolean fixed = length >= 0;
    int used = skip + tails + (fixed ? 0 : count);
    int room = fixed ? tailLength(length - skip) * (capacity - count) : 0;
    if (!fixed) {
      room = (used - skip) / count * (capacity - count);
    }
    byte[] data = newData(used + room);
    System.arraycopy(keys[0], 0, data, 0, skip);
    PackedKeys packed =
        new PackedKeys(
            new long[capacity], data, fixed ? null : new int[capacity], skip, length, count);
    for (int i = 0; i < count; i++) {
      packed.store(i, keys[i]);
    }
    return packed;
  }

  /** How many bytes to strip from keys between {@code first} and {@code last}. */
  private static int skip(byte[] first, byte[] last, int longest) {
    return Math.min(commonBytes(first, last), Math.max(0, longest - PREFIX_BYTES));
  }

  private static byte[] newData(int size) {
    return new byte[Math.max(size, PREFIX_BYTES)];
  }

  /** All keys as arrays, with {@code room} unused places at the end. */
  private byte[][] unpack(int from, int to, int room) {
    byte[][] keys = new byte[to - from + room][];
    for (int i = from; i < to; i++) {
      keys[i - from] = key(i);
    }
    return keys;
  }

  /** These keys and {@code key} at {@code at}, where it belongs, in exactly fitting arrays. */
  final PackedKeys insert(int at, byte[] key) {
    if (!suits(key)) {
      return repack(at, key, count + 1);
    }
    long[] newPrefixes = new long[count + 1];
    System.arraycopy(prefixes, 0, newPrefixes, 0, at);
    newPrefixes[at] = prefixAt(key, skip);
    System.arraycopy(prefixes, at, newPrefixes, at + 1, count - at);
    int grown = storedBytes(key);
    int from = start(at);
    int used = start(count);
    byte[] newData = newData(used + grown);
    System.arraycopy(data, 0, newData, 0, from);
    System.arraycopy(data, from, newData, from + grown, used - from);
    int[] newEnds = null;
    if (ends != null) {
      newEnds = new int[count + 1];
      System.arraycopy(ends, 0, newEnds, 0, at);
      for (int i = at; i < count; i++) {
        newEnds[i + 1] = ends[i] + grown;
      }
      newEnds[at] = from + grown;
    }
    PackedKeys inserted = new PackedKeys(newPrefixes, newData, newEnds, skip, length, count + 1);
    inserted.storeTail(from, key);
    return inserted;
  }

  /** As {@link #insert}, in arrays with room for {@code capacity} keys. */
  final PackedKeys insertLast(byte[] key, int capacity) {
    if (!suits(key)) {
      return repack(count, key, capacity);
    }
    int used = start(count);
    int size = used + storedBytes(key) * (capacity - count);
    PackedKeys grown =
        new PackedKeys(
            Arrays.copyOf(prefixes, capacity),
            Arrays.copyOf(data, Math.max(size, PREFIX_BYTES)),
            ends == null ? null : Arrays.copyOf(ends, capacity),
            skip,
            length,
            count + 1);
    grown.store(count, key);
    return grown;
  }

  /** Whether {@code key}, above all here, fits into the room at the end. */
  final boolean hasRoomFor(byte[] key) {
    return count < prefixes.length && suits(key) && start(count) + storedBytes(key) <= data.length;
  }

  /** Whether {@code key} is above all here and fits into the room at the end. */
  final boolean hasRoomAbove(byte[] key) {
    if (!hasRoomFor(key)) {
      return false;
    }
    long prefix = prefixAt(key, skip);
    long last = prefixes[count - 1];
    return prefix > last || prefix == last && compareBehindPrefix(count - 1, key) < 0;
  }

  /** Writes {@code key} into the room at {@code at}, which is not below count. */
  final void store(int at, byte[] key) {
    int from = start(at);
    prefixes[at] = prefixAt(key, skip);
    if (ends != null) {
      ends[at] = from + storedBytes(key);
    }
    storeTail(from, key);
  }

  private void storeTail(int from, byte[] key) {
    int to = from;
    int rest = key.length - skip;
    if (ends != null) {
      data[to++] = (byte) Math.min(rest, PREFIX_BYTES);
    }
    if (rest > PREFIX_BYTES) {
      System.arraycopy(key, skip + PREFIX_BYTES, data, to, rest - PREFIX_BYTES);
    }
  }

  /** Whether {@code key} goes with the common bytes and, if there is one, the common length. */
  private boolean suits(byte[] key) {
    return count > 0
        && key.length >= skip
        && (length < 0 || key.length == length)
        && (skip == 0 || compareCommon(key) == 0);
  }

  private PackedKeys repack(int at, byte[] key, int capacity) {
    byte[][] keys = unpack(0, count, 1);
    System.arraycopy(keys, at, keys, at + 1, count - at);
    keys[at] = key;
    return of(keys, count + 1, capacity);
  }

  /** The keys from {@code from} up to, not including, {@code to}. */
  final PackedKeys slice(int from, int to) {
    int size = to - from;
    if (size == 0 || skip(key(from), key(to - 1), longest(from, to)) != skip) {
      return of(unpack(from, to, 0), size);
    }
    int start = start(from);
    int used = start(to) - start;
    byte[] newData = newData(skip + used);
    System.arraycopy(data, 0, newData, 0, skip);
    System.arraycopy(data, start, newData, skip, used);
    int[] newEnds = null;
    if (ends != null) {
      newEnds = new int[size];
      for (int i = 0; i < size; i++) {
        newEnds[i] = ends[from + i] - start + skip;
      }
    }
    return new PackedKeys(
        Arrays.copyOfRange(prefixes, from, to), newData, newEnds, skip, length, size);
  }

  /** The keys whose bit in {@code kept} is set. */
  final PackedKeys only(long kept) {
    byte[][] keys = new byte[Long.bitCount(kept)][];
    int to = 0;
    for (long left = kept; left != 0; left &= left - 1) {
      keys[to++] = key(Long.numberOfTrailingZeros(left));
    }
    return of(keys, to);
  }

  /** These keys, then {@code between} unless it is null, then those of {@code above}. */
  final PackedKeys concat(byte[] between, PackedKeys above) {
    int extra = between == null ? 0 : 1;
    byte[][] keys = unpack(0, count, above.count + extra);
    if (between != null) {
      keys[count] = between;
    }
    for (int i = 0; i < above.count; i++) {
      keys[count + extra + i] = above.key(i);
    }
    return of(keys, keys.length);
  }

  /** Heap of the arrays. */
  final long arrayBytes() {
    return HeapLayout.longs(prefixes.length)
        + HeapLayout.bytes(data.length)
        + (ends == null ? 0 : HeapLayout.ints(ends.length));
  }

  private int longest(int from, int to) {
    int longest = keyLength(from);
    for (int i = from + 1; ends != null && i < to; i++) {
      longest = Math.max(longest, keyLength(i));
    }
    return longest;
  }

  private int storedBytes(byte[] key) {
    return tailLength(key.length - skip) + (ends == null ? 0 : 1);
  }

  /** The shortest key above {@code left} and not above {@code right}, which is above it. */
  static byte[] separator(byte[] left, byte[] right) {
    return Arrays.copyOf(right, commonBytes(left, right) + 1);
  }
}
