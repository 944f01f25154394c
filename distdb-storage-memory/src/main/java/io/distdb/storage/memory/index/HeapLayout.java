// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/**
 * Heap sizes by arithmetic, as HotSpot lays objects out: 12-byte headers, 16 for arrays, everything
 * rounded up to 8; references take 4 bytes while the heap is below 32 GiB, else 8.
 */
final class HeapLayout {
  private static final long COMPRESSED_HEAP_MAX = 32L << 30;
  static final int REFERENCE = Runtime.getRuntime().maxMemory() < COMPRESSED_HEAP_MAX ? 4 : 8;
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;

  private HeapLayout() {}

  static long object(int references, int primitiveBytes) {
    return align(HEADER + (long) REFERENCE * references + primitiveBytes);
  }

  static long bytes(int length) {
    return align(ARRAY_HEADER + (long) length);
  }

  static long ints(int length) {
    return align(ARRAY_HEADER + 4L * length);
  }

  static long longs(int length) {
    return align(ARRAY_HEADER + 8L * length);
  }

  static long references(int length) {
    return align(ARRAY_HEADER + (long) REFERENCE * length);
  }

  private static long align(long size) {
    return (size + 7) & ~7L;
  }
}
