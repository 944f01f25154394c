// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import java.util.Objects;

/**
 * How the RocksDB engine behaves.
 *
 * @param budgetBytes what block cache and write buffers may take together, in bytes, outside Java's
 *     heap; at least {@link #BUDGET_BYTES_MIN}
 * @param compression of the lowest level, which holds nearly all of the data and is written least;
 *     what is above it has LZ4, or nothing when this is nothing
 * @param limits what its work in the background may move; checkpoints are flushes
 */
public record RocksOptions(long budgetBytes, Compression compression, IoLimits limits) {
  /** Below this RocksDB would only flush. */
  public static final long BUDGET_BYTES_MIN = 8 << 20;

  public RocksOptions {
    if (budgetBytes < BUDGET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a memory budget of " + budgetBytes + " bytes; at least " + BUDGET_BYTES_MIN);
    }
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(limits, "limits");
  }

  /** The usual ones with this budget; a smaller one than the least is raised to it. */
  public static RocksOptions ofBudget(long budgetBytes) {
    return new RocksOptions(
        Math.max(budgetBytes, BUDGET_BYTES_MIN), Compression.LZ4, IoLimits.DEFAULT);
  }

  public RocksOptions withLimits(IoLimits newLimits) {
    return new RocksOptions(budgetBytes, compression, newLimits);
  }

  public RocksOptions withCompression(Compression newCompression) {
    return new RocksOptions(budgetBytes, newCompression, limits);
  }

  /** All write buffers of the instance together; they are flushed when they reach it. */
  long writeBufferBytes() {
    return Math.min(budgetBytes / 4, 512L << 20);
  }
}
