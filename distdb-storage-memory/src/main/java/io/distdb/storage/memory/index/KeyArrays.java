// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How the keys of a node lie in arrays, and how they are found and read there: the part of {@link
 * PackedKeys} that readers use.
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
abstract class KeyArrays {
  private static final VarHandle COUNT;
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  static final int PREFIX_BYTES = 8;

  /** Keys of a node in which a guess may pay. */
  private static final int GUESSED_MIN = 8;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(KeyArrays.class, "count", int.class);
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

  /** How many keys there are, for the writer; readers ask {@link #count()}. */
  int count;

  KeyArrays(KeyArrays keys) {
    prefixes = keys.prefixes;
    data = keys.data;
    ends = keys.ends;
    skip = keys.skip;
    length = keys.length;
    commonWord = keys.commonWord;
    count = keys.count;
  }

  /** {@code data} has the common bytes already. */
  KeyArrays(long[] prefixes, byte[] data, int[] ends, int skip, int length, int count) {
    this.commonWord = skip == 0 ? 0 : (long) WORD.get(data, 0) & commonMask(skip);
    this.prefixes = prefixes;
    this.data = data;
    this.ends = ends;
    this.skip = skip;
    this.length = length;
    this.count = count;
  }

  /** Of the word at the start, what belongs to the common bytes; there is at least one. */
  private static long commonMask(int skip) {
    return -1L << 8 * Math.max(0, PREFIX_BYTES - skip);
  }

  final int count() {
    return (int) COUNT.getAcquire(this);
  }

  final void publishCount(int newCount) {
    COUNT.setRelease(this, newCount);
  }

  /** The position of {@code key}, or, when it is not there, ~(where it would be). */
  final int find(byte[] key) {
    return find(key, 0, key.length);
  }

  /** As {@link #find(byte[])}, of the key from {@code from} up to, not including, {@code to}. */
  final int find(byte[] key, int from, int to) {
    int size = count();
    int outside = beside(key, from, to, size);
    if (outside < 0) {
      return outside;
    }
    long prefix = prefixAt(key, from + skip, to);
    return found(key, from, to, size, firstNotBelowWithin(prefixes, 0, size, prefix));
  }

  /** ~0 or ~{@code size} when the common bytes say that the key is below or above all; else 0. */
  private int beside(byte[] key, int from, int to, int size) {
    int side = skip == 0 ? 0 : compareCommon(key, from, to);
    return side == 0 ? 0 : side < 0 ? ~0 : ~size;
  }

  /** What {@link #find} says when {@code at} is the first prefix that is not below the key's. */
  private int found(byte[] key, int from, int to, int size, int at) {
    long prefix = prefixAt(key, from + skip, to);
    if (at == size || prefixes[at] != prefix) {
      return ~at;
    }
    return findAmongEqualPrefixes(key, from, to, prefix, at, size);
  }

  /**
   * The first step of {@link #find(byte[], int, int)} for those who take it for many keys before
   * the next: where the key is if keys are evenly spread, as numbers given out in turn are. It
   * waits for memory once, and so does {@link #finishFind} when the guess was right.
   *
   * @param size what {@link #count} said
   * @return negative: the answer
   */
  final int beginFind(byte[] key, int from, int to, int size) {
    int outside = beside(key, from, to, size);
    if (outside < 0 || size < GUESSED_MIN) {
      return outside;
    }
    long first = prefixes[0];
    long span = prefixes[size - 1] - first;
    long offset = prefixAt(key, from + skip, to) - first;
    boolean within = offset >= 0 && offset <= span;
    return within ? (int) ((double) offset * (size - 1) / span) : size >>> 1;
  }

  final int finishFind(byte[] key, int from, int to, int size, int guess) {
    if (guess < 0 || size < GUESSED_MIN) {
      return guess < 0 ? guess : find(key, from, to);
    }
    long prefix = prefixAt(key, from + skip, to);
    return found(key, from, to, size, firstNotBelow(prefixes, size, guess, prefix));
  }

  /** Position of the first of {@code size} prefixes at or above; looks beside the guess first. */
  private static int firstNotBelow(long[] prefixes, int size, int guess, long prefix) {
    if (prefixes[guess] < prefix) {
      int next = guess + 1;
      return next == size || prefixes[next] >= prefix
          ? next
          : firstNotBelowWithin(prefixes, next + 1, size - next - 1, prefix);
    }
    return guess == 0 || prefixes[guess - 1] < prefix
        ? guess
        : firstNotBelowWithin(prefixes, 0, guess - 1, prefix);
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
   *
   * @param from the first of {@code size} places where the answer may be, or the one behind them
   */
  private static int firstNotBelowWithin(long[] prefixes, int from, int size, long prefix) {
    int base = from;
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

  private int findAmongEqualPrefixes(
      byte[] key, int from, int to, long prefix, int first, int size) {
    int order = compareBehindPrefix(first, key, from, to);
    if (order >= 0) {
      return order == 0 ? first : ~first;
    }
    int low = first + 1;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      order = prefixes[middle] != prefix ? 1 : compareBehindPrefix(middle, key, from, to);
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
  final int compareCommon(byte[] key) {
    return compareCommon(key, 0, key.length);
  }

  private int compareCommon(byte[] key, int from, int to) {
    if (to - from >= PREFIX_BYTES) {
      long word = (long) WORD.get(key, from) & commonMask(skip);
      if (word != commonWord) {
        return Long.compareUnsigned(word, commonWord);
      }
      return skip <= PREFIX_BYTES ? 0 : compareCommonFrom(PREFIX_BYTES, key, from, to);
    }
    return compareCommonFrom(0, key, from, to);
  }

  private int compareCommonFrom(int first, byte[] key, int from, int to) {
    int shared = Math.min(skip, to - from);
    int at = first;
    for (; at + PREFIX_BYTES <= shared; at += PREFIX_BYTES) {
      long own = (long) WORD.get(data, at);
      long other = (long) WORD.get(key, from + at);
      if (own != other) {
        return Long.compareUnsigned(other, own);
      }
    }
    for (; at < shared; at++) {
      if (key[from + at] != data[at]) {
        return (key[from + at] & 0xff) - (data[at] & 0xff);
      }
    }
    return to - from < skip ? -1 : 0;
  }

  /** Compares the key at {@code at} with one of the same common bytes and prefix. */
  final int compareBehindPrefix(int at, byte[] key) {
    return compareBehindPrefix(at, key, 0, key.length);
  }

  private int compareBehindPrefix(int at, byte[] key, int keyFrom, int keyTo) {
    int rest = keyTo - keyFrom - skip;
    int keyTail = keyFrom + skip + PREFIX_BYTES;
    if (ends == null) {
      int stored = length - skip;
      if (stored < PREFIX_BYTES || rest < PREFIX_BYTES) {
        return stored - rest;
      }
      int tail = stored - PREFIX_BYTES;
      int from = skip + at * tail;
      return Arrays.compareUnsigned(data, from, from + tail, key, keyTail, keyTo);
    }
    int from = start(at);
    int stored = data[from];
    if (stored < PREFIX_BYTES || rest < PREFIX_BYTES) {
      return stored - rest;
    }
    return Arrays.compareUnsigned(data, from + 1, ends[at], key, keyTail, keyTo);
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

  /** Where the bytes behind the prefix of the key at {@code at} start in data. */
  private int tailStart(int at) {
    return ends == null ? start(at) : start(at) + 1;
  }

  /** Where the bytes of the key at {@code at} start in data; of count: where the room starts. */
  final int start(int at) {
    if (ends == null) {
      return skip + at * tailLength(length - skip);
    }
    return at == 0 ? skip : ends[at - 1];
  }

  static int tailLength(int rest) {
    return Math.max(0, rest - PREFIX_BYTES);
  }

  static int commonBytes(byte[] first, byte[] last) {
    int mismatch = Arrays.mismatch(first, last);
    return mismatch < 0 ? first.length : mismatch;
  }

  /** The 8 bytes of {@code key} from {@code from}, zero-padded, in signed order. */
  static long prefixAt(byte[] key, int from) {
    return prefixAt(key, from, key.length);
  }

  /** As {@link #prefixAt(byte[], int)}, of a key that ends before {@code to}. */
  private static long prefixAt(byte[] key, int from, int to) {
    if (to - from >= PREFIX_BYTES) {
      return (long) WORD.get(key, from) ^ Long.MIN_VALUE;
    }
    long prefix = 0;
    for (int i = from; i < to; i++) {
      prefix |= (key[i] & 0xffL) << (56 - 8 * (i - from));
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
