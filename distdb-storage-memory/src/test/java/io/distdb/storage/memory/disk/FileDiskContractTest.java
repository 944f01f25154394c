// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.disk.Disk;
import io.distdb.testkit.disk.DiskContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileDiskContractTest extends DiskContract {
  @TempDir Path directory;

  @Override
  protected Disk newDisk() {
    return new FileDisk(directory);
  }

  @Override
  protected Disk sameTree(Disk disk) {
    return new FileDisk(Path.of(disk.location()));
  }
}
