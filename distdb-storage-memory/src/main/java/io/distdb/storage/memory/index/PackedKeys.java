// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorted distinct keys, packed: the part that leaves and inner nodes share.
 *
 * <p>The first {@code skip} bytes, which all keys have in common, are stored once; no more than
 * leaves 8 bytes of the longest key, so that a key that has less in common often fits in without
 * packing all anew. Of the rest, the first 8 bytes, big-endian and zero-padded, are a {@code long}
 * in {@code prefixes}, with the sign bit flipped so that signed comparison is unsigned byte order.
 * Unequal prefixes decide a comparison; equal ones are decided by the bytes behind them, or by
 * length when a key ends within the prefix (a zero byte of the longer key then met the padding of
 * the shorter). Without the stripping, the prefix of SQL keys, a type byte and seven high bytes of
 * a number, would be the same for 256 neighbours.
 *
 * <p>{@code data} holds the common bytes, then of each key the bytes behind its prefix; it is never
 * shorter than a word, so that the common bytes can be copied as one. When all keys have one length
 * ({@code length}, else -1) their places are computed; else {@code ends} has the end of each, and
 * each starts with one byte, min(8, its length without the common bytes).
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

  /**
   * The first 8 of the common bytes, behind them zeros when they are fewer: beside the count, so
   * that a search seldom has to fetch {@code data}.
   */
  private final long commonWord;

  private int count;

  PackedKeys(PackedKeys keys) {
    prefixes = keys.prefixes;
    data = keys.data;
    ends = keys.ends;
    skip = keys.skip;
    length = keys.length;
    commonWord = keys.commonWord;
    count = keys.count;
  }

  /** {@code data} has the common bytes already. */
  private PackedKeys(long[] prefixes, byte[] data, int[] ends, int skip, int length, int count) {
    this.commonWord = skip == 0 ? 0 : (long) WORD.get(data, 0) & commonMask(skip);
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

  /** Of the word at the start, what belongs to the common bytes; there is at least one. */
  private static long commonMask(int skip) {
    return -1L << 8 * Math.max(0, PREFIX_BYTES - skip);
  }

  private static byte[] newData(int size) {
    return new byte[Math.max(size, PREFIX_BYTES)];
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

  /**
   * Quarters, then halves, without an unpredictable branch: the conditionals are moves. Quarters,
   * because their three loads wait for memory together (Schlegel, Gemulla, Lehner, "k-Ary Search on
   * Modern Processors", 2009).
   */
  private static int firstNotBelow(long[] prefixes, int size, long prefix) {
    int base = 0;
    int left = size;
    while (left > 7) {
      int quarter = left >>> 2;
      int at = base + quarter - 1;
      base += prefixes[at] < prefix ? quarter : 0;
      base += prefixes[at + quarter] < prefix ? quarter : 0;
      base += prefixes[at + 2 * quarter] < prefix ? quarter : 0;
      left -= 3 * quarter;
    }
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
    if (key.length >= PREFIX_BYTES) {
      long word = (long) WORD.get(key, 0) & commonMask(skip);
      if (word != commonWord) {
        return Long.compareUnsigned(word, commonWord);
      }
      return skip <= PREFIX_BYTES ? 0 : compareCommonFrom(PREFIX_BYTES, key);
    }
    return compareCommonFrom(0, key);
  }

  private int compareCommonFrom(int from, byte[] key) {
    int shared = Math.min(skip, key.length);
    int at = from;
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

  /** Length of the key at {@code at}, which is below count. */
  final int keyLength(int at) {
    return ends == null ? length : skip + storedRest(start(at), ends[at]);
  }

  /** Sum of the lengths of some keys. */
  final int keyBytes(int from, int to) {
    if (ends == null) {
      return length * (to - from);
    }
    int sum = 0;
    for (int at = from; at < to; at++) {
      sum += keyLength(at);
    }
    return sum;
  }

  /** Length without the common bytes of the key stored from {@code from} to {@code end}. */
  private int storedRest(int from, int end) {
    int stored = data[from];
    return stored < PREFIX_BYTES ? stored : PREFIX_BYTES - 1 + end - from;
  }

  /** A fresh array with the key at {@code at}, which is below count. */
  final byte[] key(int at) {
    byte[] key = new byte[keyLength(at)];
    int rest = key.length - skip;
    if (rest >= PREFIX_BYTES) {
      if (rest > PREFIX_BYTES) {
        copyTail(tailStart(at), rest - PREFIX_BYTES, key);
      }
      copyCommon(key, 0);
      WORD.set(key, skip, prefixes[at] ^ Long.MIN_VALUE);
      return key;
    }
    System.arraycopy(data, 0, key, 0, skip);
    long prefix = prefixes[at] ^ Long.MIN_VALUE;
    for (int i = 0; i < rest; i++) {
      key[skip + i] = (byte) (prefix >>> (56 - 8 * i));
    }
    return key;
  }

  /**
   * Writes the key at {@code at} into {@code target} from {@code to} on; of the 8 bytes behind it,
   * which must be there, some may be spoilt.
   */
  final void copyKey(int at, byte[] target, int to) {
    copyCommon(target, to);
    WORD.set(target, to + skip, prefixes[at] ^ Long.MIN_VALUE);
    int tail = keyLength(at) - skip - PREFIX_BYTES;
    if (tail > 0) {
      System.arraycopy(data, tailStart(at), target, to + skip + PREFIX_BYTES, tail);
    }
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
   * Writes the common bytes by words, the last word over the next to last; when there are fewer
   * than 8 bytes, what lies behind them, as far as the prefix goes, is spoilt.
   */
  private void copyCommon(byte[] target, int to) {
    WORD.set(target, to, commonWord);
    if (skip > PREFIX_BYTES) {
      for (int at = PREFIX_BYTES; at + PREFIX_BYTES < skip; at += PREFIX_BYTES) {
        WORD.set(target, to + at, (long) WORD.get(data, at));
      }
      int last = skip - PREFIX_BYTES;
      WORD.set(target, to + last, (long) WORD.get(data, last));
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

  /** Where the bytes behind the prefix of the key at {@code at} start in data. */
  private int tailStart(int at) {
    return ends == null ? start(at) : start(at) + 1;
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
  private static long prefixAt(byte[] key, int from) {
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
