// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.storage.EngineHome;
import io.distdb.testkit.storage.StorageEngineContract;
import org.junit.jupiter.api.AfterAll;

/** The whole contract, on the file system. */
class RocksStorageEngineTest extends StorageEngineContract {
  @Override
  protected EngineHome newHome() {
    return new TemporaryHome();
  }

  @AfterAll
  static void everyNativeObjectIsClosed() {
    assertThat(Natives.open()).isZero();
  }
}
