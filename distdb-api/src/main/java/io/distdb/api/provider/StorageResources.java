// SPDX-License-Identifier: MIT
package io.distdb.api.provider;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Compression;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.Objects;
import java.util.Optional;

/**
 * What a storage engine is given to live on. The caller goes on owning all of it, and closes the
 * engine first.
 *
 * @param disk the engine's own directory, for nobody else to write: it exists, is durable in its
 *     parent, and is held by this process. Empty for a database in memory
 * @param memoryBytes what the engine's data, caches and buffers may take together, in bytes
 * @param limits what its work in the background may move
 * @param compression of snapshots that the engine writes, and of what it keeps longest
 * @param progress hears bytes done and bytes in all while the engine opens
 */
public record StorageResources(
    Optional<Disk> disk,
    long memoryBytes,
    IoLimits limits,
    Compression compression,
    Scheduler scheduler,
    Clock clock,
    Journal.Progress progress) {
  public StorageResources {
    Objects.requireNonNull(disk, "disk");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(progress, "progress");
    if (memoryBytes <= 0) {
      throw new IllegalArgumentException("a storage engine with " + memoryBytes + " bytes");
    }
  }

  /** With the usual limits, and LZ4. */
  public StorageResources(
      Optional<Disk> disk,
      long memoryBytes,
      Scheduler scheduler,
      Clock clock,
      Journal.Progress progress) {
    this(disk, memoryBytes, IoLimits.DEFAULT, Compression.LZ4, scheduler, clock, progress);
  }
}
