// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

/**
 * How the in-memory engine behaves.
 *
 * @param budgetBytes what the data may take, in bytes, as accounted; above 0. Java's heap must be
 *     larger: readers, collection and the journal's buffers need room too
 */
public record MemoryOptions(long budgetBytes) {
  public MemoryOptions {
    if (budgetBytes <= 0) {
      throw new IllegalArgumentException("a memory budget of " + budgetBytes + " bytes");
    }
  }

  /** Half of the heap that this JVM may use. */
  public static MemoryOptions defaults() {
    return new MemoryOptions(Math.max(1, Runtime.getRuntime().maxMemory() / 2));
  }
}
