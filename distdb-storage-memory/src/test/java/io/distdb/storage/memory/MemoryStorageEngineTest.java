// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.storage.EngineHome;
import io.distdb.testkit.storage.StorageEngineContract;

/** The whole contract, on a simulated disk. */
class MemoryStorageEngineTest extends StorageEngineContract {
  @Override
  protected EngineHome newHome() {
    return EngineHome.of(new MemoryStorageProvider(), new SimulatedDisk(1));
  }
}
