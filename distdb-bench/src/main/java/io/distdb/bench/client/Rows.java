// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

/**
 * The rows of every table here, about 75 bytes each: a function of the key alone, so that all sides
 * hold the same data.
 */
final class Rows {
  static final int CATEGORIES = 10_000;

  private Rows() {}

  static int category(long id) {
    return (int) (mix(id) >>> 40) % CATEGORIES;
  }

  /** 20 characters. */
  static String name(long id) {
    return "article-" + (100_000_000_000L + id % 900_000_000_000L);
  }

  static int quantity(long id) {
    return (int) (id & 0xffff);
  }

  /** 38 characters. */
  static String note(long id) {
    return "shelf " + Long.toHexString(mix(id) | 1L << 63) + ", counted, sealed";
  }

  /** A bijection of 64-bit numbers with well-spread bits (the finalizer of SplitMix64). */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
