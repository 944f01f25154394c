// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of many keys, which stay where they are.
 *
 * <p>Design: by the 16 bytes behind what all keys have in common, with one counting pass for each
 * byte that is not the same everywhere (LSD radix sort: Knuth, The Art of Computer Programming 3,
 * 5.2.5); then by whole keys among those that agree in them, unless that is all there is. Keys of a
 * table that follow each other differ in two or three bytes; and the keys themselves, each in some
 * other place of the memory, are looked at from the first to the last, not in their order.
 */
public final class KeyOrder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[][] keys;
  private final int size;

  /** How many first bytes all keys have in common. */
  private int common;

  /** Keys have so many bytes at least, and at most. */
  private int shortest;

  private int longest;

  private long[] high;
  private long[] low;
  private int[] positions;
  private boolean repeats;

  private KeyOrder(byte[][] keys, int size) {
    this.keys = keys;
    this.size = size;
  }

  /** Of the first {@code size} of {@code keys}. */
  public static KeyOrder of(byte[][] keys, int size) {
    KeyOrder order = new KeyOrder(keys, size);
    order.measure();
    order.sort();
    return order;
  }

  /** Element i: where the key is that i others are not above; equal keys stay as they are. */
  public int[] positions() {
    return positions;
  }

  /** Whether two keys are equal. */
  public boolean repeats() {
    return repeats;
  }

  private void measure() {
    byte[] first = size == 0 ? new byte[0] : keys[0];
    common = first.length;
    shortest = first.length;
    longest = first.length;
    for (int i = 1; i < size; i++) {
      byte[] key = keys[i];
      int mismatch = Arrays.mismatch(first, 0, common, key, 0, key.length);
      common = mismatch < 0 ? common : Math.min(common, mismatch);
      shortest = Math.min(shortest, key.length);
      longest = Math.max(longest, key.length);
    }
  }

  private void sort() {
    high = prefixes(common);
    low = prefixes(common + Long.BYTES);
    positions = new int[size];
    for (int i = 0; i < size; i++) {
      positions[i] = i;
    }
    sortBy(low);
    sortBy(high);
    boolean decided = shortest == longest && longest - common <= 2 * Long.BYTES;
    for (int from = 0, to; from < size; from = to) {
      to = endOfEqual(from);
      if (to - from > 1) {
        if (!decided) {
          sortWhole(from, to);
        }
        repeats |= decided || repeatsWithin(from, to);
      }
    }
    high = null;
    low = null;
  }

  private long[] prefixes(int from) {
    long[] prefixes = new long[size];
    for (int i = 0; i < size; i++) {
      prefixes[i] = prefix(keys[i], from);
    }
    return prefixes;
  }

  /** The 8 bytes from {@code from} on, zeros behind the end. */
  private static long prefix(byte[] key, int from) {
    if (key.length - from >= Long.BYTES) {
      return (long) LONGS.get(key, from);
    }
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = prefix << Byte.SIZE | (from + i < key.length ? key[from + i] & 0xff : 0);
    }
    return prefix;
  }

  private void sortBy(long[] prefixes) {
    long different = 0;
    for (int i = 1; i < size; i++) {
      different |= prefixes[i] ^ prefixes[0];
    }
    int[] order = positions;
    int[] target = different == 0 ? null : new int[size];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((different >>> shift & 0xff) != 0) {
        countingPass(prefixes, shift, order, target);
        int[] swap = order;
        order = target;
        target = swap;
      }
    }
    positions = order;
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

  /** Where the keys end whose prefixes are those of the one at {@code from}. */
  private int endOfEqual(int from) {
    long firstHigh = high[positions[from]];
    long firstLow = low[positions[from]];
    int to = from + 1;
    while (to < size && high[positions[to]] == firstHigh && low[positions[to]] == firstLow) {
      to++;
    }
    return to;
  }

  private void sortWhole(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (Arrays.compareUnsigned(keys[positions[i - 1]], keys[positions[i]]) > 0) {
        Comparator<Integer> byKey = (one, other) -> Arrays.compareUnsigned(keys[one], keys[other]);
        int[] ordered =
            Arrays.stream(positions, from, to).boxed().sorted(byKey).mapToInt(at -> at).toArray();
        System.arraycopy(ordered, 0, positions, from, to - from);
        return;
      }
    }
  }

  private boolean repeatsWithin(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (Arrays.equals(keys[positions[i - 1]], keys[positions[i]])) {
        return true;
      }
    }
    return false;
  }
}
