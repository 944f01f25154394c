// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 16-byte keys from numbers, computed so that probing does not walk over a cold array of keys. */
public enum BenchKeys {
  /** Uniform: no two neighbours share more than chance has it. */
  RANDOM,
  /** A constant first half, as of a table or tenant, then the number: sorted by number. */
  ASCENDING;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  byte[] key(long number) {
    byte[] key = new byte[16];
    WORD.set(key, 0, this == RANDOM ? mix(number) : 0x0100_0000_0000_0042L);
    WORD.set(key, 8, this == RANDOM ? mix(~number) : number);
    return key;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a permutation of the longs. */
  static long mix(long number) {
    long word = number + 0x9e3779b97f4a7c15L;
    word = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
    word = (word ^ word >>> 27) * 0x94d049bb133111ebL;
    return word ^ word >>> 31;
  }

  /** A number below {@code bound}, pseudo-random in {@code draw}. */
  static long below(long draw, long bound) {
    return Long.remainderUnsigned(mix(draw), bound);
  }
}
