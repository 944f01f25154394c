// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import java.util.Objects;

/**
 * How the in-memory engine behaves.
 *
 * @param budgetBytes what the data may take, in bytes, as accounted; above 0. Java's heap must be
 *     larger: readers, collection and the journal's buffers need room too
 * @param compression of the checkpoints that it writes; it reads any
 * @param checkpointBytesPerSecond most that checkpoints write, in bytes a second; above 0
 */
public record MemoryOptions(
    long budgetBytes, Compression compression, long checkpointBytesPerSecond) {
  /** With checkpoints compressed by LZ4, and their usual limit. */
  public MemoryOptions(long budgetBytes) {
    this(budgetBytes, Compression.LZ4, IoLimits.DEFAULT.checkpoint());
  }

  public MemoryOptions {
    Objects.requireNonNull(compression, "compression");
    if (budgetBytes <= 0) {
      throw new IllegalArgumentException("a memory budget of " + budgetBytes + " bytes");
    }
    if (checkpointBytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "checkpoints of " + checkpointBytesPerSecond + " bytes a second");
    }
  }

  /** Half of the heap that this JVM may use. */
  public static MemoryOptions defaults() {
    return new MemoryOptions(Math.max(1, Runtime.getRuntime().maxMemory() / 2));
  }
}
