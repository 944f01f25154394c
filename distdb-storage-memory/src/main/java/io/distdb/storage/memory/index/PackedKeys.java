// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorted distinct keys, packed: the part that leaves and inner nodes share.
 *
 * <p>The first {@code skip} bytes, which all keys have in common, are stored once. Of the rest, the
 * first 8 bytes, big-endian and zero-padded, are a {@code long} in {@code prefixes}, with the sign
 * bit flipped so that signed comparison is unsigned byte order. Unequal prefixes decide a
 * comparison; equal ones are decided by the bytes behind them, or by length when a key ends within
 * the prefix (a zero byte of the longer key then met the padding of the shorter). Without the
 * stripping, the prefix of SQL keys, a type byte and seven high bytes of a number, would be the
 * same for 256 neighbours.
 *
 * <p>{@code data} holds the common bytes, then of each key the bytes behind its prefix. When all
 * keys have one length ({@code length}, else -1) their places are computed; else {@code ends} has
 * the end of each, and each starts with one byte, min(8, its length without the common bytes).
 *
 * <p>Arrays may have room at the end. {@link Leaf#append} fills it and then publishes the key by a
 * release store of {@code count}, which readers read with acquire before they look at any array;
 * what lies below count never changes. Source of the idea: the poor man's normalized keys of
 * Graefe, "Modern B-Tree Techniques", section 3.5, and prefix truncation of Bayer and Unterauer,
 * "Prefix B-Trees".
 */
class PackedKeys {
  private static final VarHandle COUNT;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int PREFIX_BYTES = 8;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(PackedKeys.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final long[] prefixes;
  final byte[] data;
  final int[] ends;
  final int skip;
  final int length;
  private int count;

  PackedKeys(PackedKeys keys) {
    this(keys.prefixes, keys.data, keys.ends, keys.skip, keys.length, keys.count);
  }

  private PackedKeys(long[] prefixes, byte[] data, int[] ends, int skip, int length, int count) {
    this.prefixes = prefixes;
    this.data = data;
    this.ends = ends;
    this.skip = skip;
    this.length = length;
    this.count = count;
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
    int skip = commonBytes(keys[0], keys[count - 1]);
    int length = keys[0].length;
    int tails = 0;
    for (int i = 0; i < count; i++) {
      tails += tailLength(keys[i].length - skip);
      length = keys[i].length == length ? length : -1;
    }
    boolean fixed = length >= 0;
    int used = skip + tails + (fixed ? 0 : count);
    int room = fixed ? tailLength(length - skip) * (capacity - count) : 0;
    if (!fixed) {
      room = (used - skip) / count * (capacity - count);
    }
    byte[] data = new byte[used + room];
    System.arraycopy(keys[0], 0, data, 0, skip);
    PackedKeys packed =
        new PackedKeys(
            new long[capacity], data, fixed ? null : new int[capacity], skip, length, count);
    for (int i = 0; i < count; i++) {
      packed.store(i, keys[i]);
    }
    return packed;
  }

  final int count() {
    return (int) COUNT.getAcquire(this);
  }

  final void publishCount(int newCount) {
    COUNT.setRelease(this, newCount);
  }

  /** The position of {@code key}, or, when it is not there, ~(where it would be). */
  final int find(byte[] key) {
    int size = count();
    if (skip != 0) {
      int side = compareCommon(key);
      if (side != 0) {
        return side < 0 ? ~0 : ~size;
      }
    }
    long prefix = prefixAt(key, skip);
    int at = firstNotBelow(prefixes, size, prefix);
    if (at == size || prefixes[at] != prefix) {
      return ~at;
    }
    return findAmongEqualPrefixes(key, prefix, at, size);
  }

  /** Position of the first key at or above {@code key}. */
  final int lowerBound(byte[] key) {
    int at = find(key);
    return at >= 0 ? at : ~at;
  }

  /** Halves without an unpredictable branch: the conditional is a move. */
  private static int firstNotBelow(long[] prefixes, int size, long prefix) {
    int base = 0;
    int left = size;
    while (left > 1) {
      int half = left >>> 1;
      base += prefixes[base + half - 1] < prefix ? half : 0;
      left -= half;
    }
    return left == 1 && prefixes[base] < prefix ? base + 1 : base;
  }

  private int findAmongEqualPrefixes(byte[] key, long prefix, int first, int size) {
    int order = compareBehindPrefix(first, key);
    if (order >= 0) {
      return order == 0 ? first : ~first;
    }
    int low = first + 1;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      order = prefixes[middle] != prefix ? 1 : compareBehindPrefix(middle, key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ~low;
  }

  /** Negative: {@code key} is below all keys here; positive: above all; 0: has the common bytes. */
  private int compareCommon(byte[] key) {
    int shared = Math.min(skip, key.length);
    int at = 0;
    for (; at + PREFIX_BYTES <= shared; at += PREFIX_BYTES) {
      long own = (long) WORD.get(data, at);
      long other = (long) WORD.get(key, at);
      if (own != other) {
        return Long.compareUnsigned(other, own);
      }
    }
    for (; at < shared; at++) {
      if (key[at] != data[at]) {
        return (key[at] & 0xff) - (data[at] & 0xff);
      }
    }
    return key.length < skip ? -1 : 0;
  }

  /** Compares the key at {@code at} with one of the same common bytes and prefix. */
  private int compareBehindPrefix(int at, byte[] key) {
    int rest = key.length - skip;
    if (ends == null) {
      int stored = length - skip;
      if (stored < PREFIX_BYTES || rest < PREFIX_BYTES) {
        return stored - rest;
      }
      int tail = stored - PREFIX_BYTES;
      int from = skip + at * tail;
      return Arrays.compareUnsigned(data, from, from + tail, key, skip + PREFIX_BYTES, key.length);
    }
    int from = start(at);
    int stored = data[from];
    if (stored < PREFIX_BYTES || rest < PREFIX_BYTES) {
      return stored - rest;
    }
    return Arrays.compareUnsigned(data, from + 1, ends[at], key, skip + PREFIX_BYTES, key.length);
  }

  /** A fresh array with the key at {@code at}, which is below count. */
  final byte[] key(int at) {
    int from;
    int rest;
    if (ends == null) {
      rest = length - skip;
      from = skip + at * tailLength(rest);
    } else {
      from = start(at) + 1;
      int stored = data[from - 1];
      rest = stored < PREFIX_BYTES ? stored : PREFIX_BYTES + ends[at] - from;
    }
    byte[] key = new byte[skip + rest];
    long prefix = prefixes[at] ^ Long.MIN_VALUE;
    if (rest >= PREFIX_BYTES) {
      copyTail(from, rest - PREFIX_BYTES, key);
      copyCommon(key);
      WORD.set(key, skip, prefix);
    } else if (skip >= PREFIX_BYTES) {
      copyCommon(key);
      long commonEnd = (long) WORD.get(data, skip - PREFIX_BYTES);
      long last = commonEnd << 8 * rest | prefix >>> 1 >>> 63 - 8 * rest;
      WORD.set(key, key.length - PREFIX_BYTES, last);
    } else {
      System.arraycopy(data, 0, key, 0, skip);
      for (int i = 0; i < rest; i++) {
        key[skip + i] = (byte) (prefix >>> (56 - 8 * i));
      }
    }
    return key;
  }

  /** Writes the end of a key; what lies before may be spoilt: the prefix is written over it. */
  private void copyTail(int from, int tail, byte[] key) {
    int end = from + tail;
    if (tail <= PREFIX_BYTES && end >= PREFIX_BYTES) {
      WORD.set(key, key.length - PREFIX_BYTES, (long) WORD.get(data, end - PREFIX_BYTES));
    } else {
      System.arraycopy(data, from, key, key.length - tail, tail);
    }
  }

  /**
   * Writes the start of a key by words, a short one's last word over its next to last; what lies
   * behind, as far as the prefix goes, may be spoilt when the common bytes are fewer than a word.
   */
  private void copyCommon(byte[] key) {
    if (skip >= PREFIX_BYTES) {
      for (int at = 0; at + PREFIX_BYTES < skip; at += PREFIX_BYTES) {
        WORD.set(key, at, (long) WORD.get(data, at));
      }
      WORD.set(key, skip - PREFIX_BYTES, (long) WORD.get(data, skip - PREFIX_BYTES));
    } else if (data.length >= PREFIX_BYTES) {
      WORD.set(key, 0, (long) WORD.get(data, 0));
    } else {
      System.arraycopy(data, 0, key, 0, skip);
    }
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
    byte[] newData = new byte[used + grown];
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
            Arrays.copyOf(data, size),
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
    if (size == 0 || commonBytes(key(from), key(to - 1)) != skip) {
      return of(unpack(from, to, 0), size);
    }
    int start = start(from);
    int used = start(to) - start;
    byte[] newData = new byte[skip + used];
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

  /** Where the bytes of the key at {@code at} start in data; of count: where the room starts. */
  private int start(int at) {
    if (ends == null) {
      return skip + at * tailLength(length - skip);
    }
    return at == 0 ? skip : ends[at - 1];
  }

  private int storedBytes(byte[] key) {
    return tailLength(key.length - skip) + (ends == null ? 0 : 1);
  }

  private static int tailLength(int rest) {
    return Math.max(0, rest - PREFIX_BYTES);
  }

  private static int commonBytes(byte[] first, byte[] last) {
    int mismatch = Arrays.mismatch(first, last);
    return mismatch < 0 ? first.length : mismatch;
  }

  /** The 8 bytes of {@code key} from {@code from}, zero-padded, in signed order. */
  static long prefixAt(byte[] key, int from) {
    if (key.length - from >= PREFIX_BYTES) {
      return (long) WORD.get(key, from) ^ Long.MIN_VALUE;
    }
    long prefix = 0;
    for (int i = from; i < key.length; i++) {
      prefix |= (key[i] & 0xffL) << (56 - 8 * (i - from));
    }
    return prefix ^ Long.MIN_VALUE;
  }

  /** The shortest key above {@code left} and not above {@code right}, which is above it. */
  static byte[] separator(byte[] left, byte[] right) {
    return Arrays.copyOf(right, commonBytes(left, right) + 1);
  }
}
