// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.storage.Limits;

/**
 * Sizes and times of the transaction layer.
 *
 * @param transactionBytesMax what one transaction may write, in bytes: a quarter of the memory
 *     budget
 * @param checkpointBytes a checkpoint begins when this many bytes of commands were applied since
 *     the last, or a quarter of the data if that is more
 * @param versionRetentionMicros how long old versions are kept for reads in the past; 0 embedded
 * @param garbageVersionsMin versions worth a collection
 */
public record TransactionLimits(
    long transactionBytesMax,
    long checkpointBytes,
    long versionRetentionMicros,
    long garbageVersionsMin) {
  private static final long BATCH_RESERVE_BYTES = 1 << 20;

  public TransactionLimits {
    if (transactionBytesMax <= 0
        || transactionBytesMax > Limits.BATCH_BYTES_MAX - BATCH_RESERVE_BYTES) {
      throw new IllegalArgumentException(
          "transactionBytesMax is from 1 to "
              + (Limits.BATCH_BYTES_MAX - BATCH_RESERVE_BYTES)
              + ", not "
              + transactionBytesMax);
    }
    if (checkpointBytes <= 0 || versionRetentionMicros < 0 || garbageVersionsMin < 0) {
      throw new IllegalArgumentException(
          "checkpointBytes is positive, versionRetentionMicros and garbageVersionsMin are not"
              + " negative: "
              + checkpointBytes
              + ", "
              + versionRetentionMicros
              + ", "
              + garbageVersionsMin);
    }
  }

  /** For an embedded database with this memory budget. */
  public static TransactionLimits forBudget(long memoryBudgetBytes) {
    long quarter = Math.max(1, memoryBudgetBytes / 4);
    long checkpoint = Math.max(16L << 20, Math.min(64L << 20, memoryBudgetBytes / 8));
    return new TransactionLimits(
        Math.min(quarter, Limits.BATCH_BYTES_MAX - BATCH_RESERVE_BYTES), checkpoint, 0, 4096);
  }

  public TransactionLimits withTransactionBytesMax(long bytes) {
    return new TransactionLimits(
        bytes, checkpointBytes, versionRetentionMicros, garbageVersionsMin);
  }

  public TransactionLimits withCheckpointBytes(long bytes) {
    return new TransactionLimits(
        transactionBytesMax, bytes, versionRetentionMicros, garbageVersionsMin);
  }

  public TransactionLimits withVersionRetentionMicros(long micros) {
    return new TransactionLimits(transactionBytesMax, checkpointBytes, micros, garbageVersionsMin);
  }

  public TransactionLimits withGarbageVersionsMin(long versions) {
    return new TransactionLimits(
        transactionBytesMax, checkpointBytes, versionRetentionMicros, versions);
  }
}
