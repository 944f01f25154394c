// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.Optional;

/** A place for one engine at a time, such as a directory. */
public interface EngineHome extends AutoCloseable {
  /** Opens the engine with what its checkpoints left here. The last one was closed. */
  StorageEngine open();

  /** The place goes away. No engine is open. */
  @Override
  void close();

  /**
   * A place on {@code disk} for the engines of {@code provider}, with 256 MiB of memory and the
   * machine's threads and clock.
   *
   * @param disk whose root exists; what is on it stays when the place goes away
   */
  static EngineHome of(StorageProvider provider, Disk disk) {
    StorageResources resources =
        new StorageResources(
            Optional.of(disk),
            256L << 20,
            Scheduler.threads(),
            Clock.system(),
            Journal.Progress.SILENT);
    return new EngineHome() {
      @Override
      public StorageEngine open() {
        return provider.open(resources);
      }

      @Override
      public void close() {
        // The disk is the caller's.
      }
    };
  }
}
