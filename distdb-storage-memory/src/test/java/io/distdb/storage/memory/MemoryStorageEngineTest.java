// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.journal.Journal;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.storage.EngineHome;
import io.distdb.testkit.storage.StorageEngineContract;
import java.util.Optional;

/** The whole contract, on a simulated disk. */
class MemoryStorageEngineTest extends StorageEngineContract {
  @Override
  protected EngineHome newHome() {
    SimulatedDisk disk = new SimulatedDisk(1);
    return new EngineHome() {
      @Override
      public StorageEngine open() {
        return MemoryStorageEngine.open(
            Optional.of(disk),
            new MemoryOptions(256 << 20),
            Scheduler.threads(),
            Clock.system(),
            Journal.Progress.SILENT);
      }

      @Override
      public void close() {}
    };
  }
}
