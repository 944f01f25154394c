// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

/**
 * How the RocksDB engine behaves.
 *
 * @param budgetBytes what block cache and write buffers may take together, in bytes, outside Java's
 *     heap; at least {@link #BUDGET_BYTES_MIN}
 * @param compactionBytesPerSecond most that flushes and compactions write, in bytes a second; above
 *     0
 */
public record RocksOptions(long budgetBytes, long compactionBytesPerSecond) {
  /** Below this RocksDB would only flush. */
  public static final long BUDGET_BYTES_MIN = 8 << 20;

  /** So fast that a load is not held up on an SSD, and reads still get their share. */
  private static final long COMPACTION_BYTES_PER_SECOND = 256L << 20;

  public RocksOptions {
    if (budgetBytes < BUDGET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a memory budget of " + budgetBytes + " bytes; at least " + BUDGET_BYTES_MIN);
    }
    if (compactionBytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "compaction of " + compactionBytesPerSecond + " bytes a second");
    }
  }

  /** The usual ones with this budget; a smaller one than the least is raised to it. */
  public static RocksOptions ofBudget(long budgetBytes) {
    return new RocksOptions(Math.max(budgetBytes, BUDGET_BYTES_MIN), COMPACTION_BYTES_PER_SECOND);
  }

  /** All write buffers of the instance together; they are flushed when they reach it. */
  long writeBufferBytes() {
    return Math.min(budgetBytes / 4, 512L << 20);
  }
}
