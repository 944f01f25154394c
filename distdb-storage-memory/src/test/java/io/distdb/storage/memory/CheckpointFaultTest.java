// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Store;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults.Failure;
import io.distdb.testkit.disk.SimulatedDisk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A full or failing disk at every call of a checkpoint. */
class CheckpointFaultTest {
  @ParameterizedTest
  @EnumSource(Failure.class)
  void earlierCheckpointStandsAndTheNextOneWorks(Failure failure) {
    int refused = 0;
    for (int call = 0; ; call++) {
      SimulatedDisk disk = new SimulatedDisk(call);
      try (MemoryStorageEngine engine = TestEngines.open(disk)) {
        Store store = engine.store(TestEngines.SHARD);
        TestEngines.applyThrough(store, 4);
        store.checkpoint();
        TestEngines.applyThrough(store, 11);
        long first = disk.calls();
        disk.faults().failCall(first + call, failure);
        refused += checkpoint(store, failure) ? 0 : 1;
        if (disk.calls() <= first + call) {
          break;
        }
        disk.faults().heal();
        assertNothingLost(disk, store);
      }
    }
    assertThat(refused).isGreaterThan(failure == Failure.IO_ERROR ? 6 : 1);
  }

  /** Returns whether it went through. */
  private static boolean checkpoint(Store store, Failure failure) {
    try {
      assertThat(store.checkpoint()).isEqualTo(TestEngines.at(11));
      return true;
    } catch (DistDbException refusal) {
      assertThat(refusal.code())
          .isEqualTo(failure == Failure.IO_ERROR ? ErrorCode.IO_ERROR : ErrorCode.DISK_FULL);
      return false;
    }
  }

  private static void assertNothingLost(SimulatedDisk disk, Store store) {
    assertThat(disk.list("shard-" + TestEngines.SHARD))
        .as("files after the failure")
        .noneMatch(name -> name.endsWith(".tmp"));
    SimulatedDisk found = disk.afterPowerLoss(CrashMode.LOST);
    try (MemoryStorageEngine reopened = TestEngines.open(found)) {
      Store other = reopened.store(TestEngines.SHARD);
      assertThat(other.applied().index()).isIn(4L, 11L);
      assertThat(TestEngines.content(other))
          .isEqualTo(TestEngines.contentAfter(other.applied().index()));
    }
    assertThat(store.checkpoint()).isEqualTo(TestEngines.at(11));
    assertThat(disk.list("shard-" + TestEngines.SHARD))
        .as("files after the next checkpoint")
        .hasSize(1);
    TestEngines.applyThrough(store, 15);
    store.checkpoint();
    try (MemoryStorageEngine reopened = TestEngines.open(disk.crash(CrashMode.LOST))) {
      assertThat(TestEngines.content(reopened.store(TestEngines.SHARD)))
          .isEqualTo(TestEngines.contentAfter(15));
    }
  }
}
