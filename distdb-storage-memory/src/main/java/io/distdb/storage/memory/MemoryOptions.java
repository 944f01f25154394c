// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.provider.IoLimits;

/**
 * How the in-memory engine behaves.
 *
 * @param budgetBytes what the data may take, in bytes, as accounted; above 0. Java's heap must be
 *     larger: readers, collection and the journal's buffers need room too
 * @param checkpointBytesPerSecond most that snapshots write, in bytes a second; above 0
 */
public record MemoryOptions(long budgetBytes, long checkpointBytesPerSecond) {
  public MemoryOptions {
    if (budgetBytes <= 0) {
      throw new IllegalArgumentException("a memory budget of " + budgetBytes + " bytes");
    }
    if (checkpointBytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "checkpoints of " + checkpointBytesPerSecond + " bytes a second");
    }
  }

  /** With the usual limit of checkpoints. */
  public MemoryOptions(long budgetBytes) {
    this(budgetBytes, IoLimits.DEFAULT.checkpoint());
  }

  /** Half of the heap that this JVM may use. */
  public static MemoryOptions defaults() {
    return new MemoryOptions(Math.max(1, Runtime.getRuntime().maxMemory() / 2));
  }
}
