// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.storage.Store;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power lost, or the process killed, at every step of checkpoints. */
class CheckpointCrashTest {
  private static final long[] POSITIONS = {4, 11, 23};

  /** Applies and checkpoints three times; notes each position once its checkpoint returned. */
  private static void checkpointThrice(SimulatedDisk disk, List<Long> promised) {
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      for (long position : POSITIONS) {
        TestEngines.applyThrough(store, position);
        store.checkpoint();
        promised.add(position);
      }
    }
  }

  /** One of the snapshots is there, whole, and not older than promised. */
  private static void assertWhole(SimulatedDisk disk, List<Long> promised) {
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      long applied = store.applied().index();
      long least = promised.isEmpty() ? 0 : promised.get(promised.size() - 1);
      assertThat(applied).isGreaterThanOrEqualTo(least).isIn(0L, 4L, 11L, 23L);
      assertThat(TestEngines.content(store)).isEqualTo(TestEngines.contentAfter(applied));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void powerLossLeavesTheOldSnapshotOrTheNew(long seed) {
    long boundaries =
        CrashPoints.run(
            seed,
            CrashPoints.ALL,
            ArrayList<Long>::new,
            CheckpointCrashTest::checkpointThrice,
            CheckpointCrashTest::assertWhole);
    assertThat(boundaries).isGreaterThan(25);
  }

  /** What opening cleans up must not undo what a killed process had not forced. */
  @Test
  void powerLossWhileOpeningAfterAKillLosesNothing() {
    long completed = runAndKillAt(Long.MAX_VALUE).boundaries();
    for (long killAt = 0; killAt < completed; killAt++) {
      for (long powerLossAt = 0; powerLossAt < 6; powerLossAt++) {
        for (CrashMode mode : CrashPoints.ALL) {
          List<Long> promised = new ArrayList<>();
          SimulatedDisk disk = new SimulatedDisk(killAt);
          disk.crashAt(killAt);
          runUntilCrash(disk, promised);
          SimulatedDisk next = disk.kill();
          next.crashAt(powerLossAt);
          openUntilCrash(next);
          assertWhole(next.crash(mode), promised);
        }
      }
    }
  }

  private static SimulatedDisk runAndKillAt(long boundary) {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.crashAt(boundary);
    runUntilCrash(disk, new ArrayList<>());
    return disk;
  }

  private static void runUntilCrash(SimulatedDisk disk, List<Long> promised) {
    try {
      checkpointThrice(disk, promised);
    } catch (SimulatedCrash crash) {
      assertThat(disk.isOff()).isTrue();
    }
  }

  private static void openUntilCrash(SimulatedDisk disk) {
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      assertThat(engine.memoryBytes()).isNotNegative();
    } catch (SimulatedCrash crash) {
      assertThat(disk.isOff()).isTrue();
    }
  }
}
