// SPDX-License-Identifier: MIT
package io.distdb.testkit;

import java.util.List;

/**
 * Random numbers that are the same in every JVM. Not thread-safe.
 *
 * <p>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014
 * (SplitMix64).
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long seed;
  private long state;

  public SeededRandom(long seed) {
    this.seed = seed;
    this.state = mix(seed);
  }

  /** The seed this was made from. */
  public long seed() {
    return seed;
  }

  /**
   * A stream of its own, named by {@code label}. It depends on this one's seed alone, not on how
   * much was drawn, so that a new consumer does not shift the others.
   */
  public SeededRandom fork(String label) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < label.length(); i++) {
      hash = (hash ^ label.charAt(i)) * FNV_PRIME;
    }
    return new SeededRandom(mix(seed ^ mix(hash)));
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** In [0, bound); {@code bound} is positive. */
  public int below(int bound) {
    return (int) below((long) bound);
  }

  /** In [0, bound); {@code bound} is positive. */
  public long below(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound + " is not positive");
    }
    return Long.remainderUnsigned(nextLong(), bound);
  }

  /** In [from, to). */
  public long between(long from, long to) {
    return from + below(to - from);
  }

  /** In [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True with this probability; 0 and 1 draw nothing. */
  public boolean chance(double probability) {
    return probability > 0 && (probability >= 1 || nextDouble() < probability);
  }

  public void fill(byte[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (byte) nextLong();
    }
  }

  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
