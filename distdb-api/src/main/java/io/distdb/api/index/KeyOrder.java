// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Brings many keys into order without moving them.
 *
 * <p>Design: by the 8 bytes behind what all keys have in common, with one counting pass for each
 * byte that is not the same everywhere (LSD radix sort: Knuth, The Art of Computer Programming 3,
 * 5.2.5); then by whole keys among those that agree in them. Keys of a table that follow each other
 * differ in two or three bytes.
 */
public final class KeyOrder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private KeyOrder() {}

  /** Whether the first {@code size} of {@code keys} ascend; equal ones may follow each other. */
  public static boolean isAscending(byte[][] keys, int size) {
    for (int i = 1; i < size; i++) {
      if (Arrays.compareUnsigned(keys[i - 1], keys[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** The positions of the first {@code size} keys, by key; equal keys stay as they are. */
  public static int[] of(byte[][] keys, int size) {
    int common = commonBytes(keys, size);
    long[] prefixes = new long[size];
    long different = 0;
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      prefixes[i] = prefix(keys[i], common);
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
    orderEqualPrefixes(keys, prefixes, order);
    return order;
  }

  private static int commonBytes(byte[][] keys, int size) {
    byte[] first = size == 0 ? new byte[0] : keys[0];
    int common = first.length;
    for (int i = 1; i < size; i++) {
      int mismatch = Arrays.mismatch(first, 0, common, keys[i], 0, keys[i].length);
      common = mismatch < 0 ? common : Math.min(common, mismatch);
    }
    return common;
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

  private static void orderEqualPrefixes(byte[][] keys, long[] prefixes, int[] order) {
    int size = order.length;
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
