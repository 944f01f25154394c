// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.disk.Disk;

class SimulatedDiskContractTest extends DiskContract {
  @Override
  protected Disk newDisk() {
    return new SimulatedDisk(1);
  }

  @Override
  protected Disk sameTree(Disk disk) {
    return disk.directory("");
  }
}
