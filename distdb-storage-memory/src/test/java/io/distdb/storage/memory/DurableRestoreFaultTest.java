// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Store;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults.Failure;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A full or failing disk at every call of a restore that is to be durable: who is told that there
 * was no room has what he had, in memory and on the disk.
 */
class DurableRestoreFaultTest {
  private static final long BEFORE = 4;
  private static final long AFTER = 11;

  private static List<ByteBuffer> exported() {
    List<ByteBuffer> chunks = new ArrayList<>();
    try (MemoryStorageEngine engine = TestEngines.open(new SimulatedDisk(1))) {
      Store source = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(source, AFTER);
      source.export(chunk -> chunks.add(ByteBuffer.allocate(chunk.remaining()).put(chunk).flip()));
    }
    return chunks;
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void nothingIsChangedWhereThereIsNoRoom(Failure failure) {
    List<ByteBuffer> chunks = exported();
    int refused = 0;
    for (int call = 0; ; call++) {
      SimulatedDisk disk = new SimulatedDisk(call);
      try (MemoryStorageEngine engine = TestEngines.open(disk)) {
        Store store = engine.store(TestEngines.SHARD);
        TestEngines.applyThrough(store, BEFORE);
        store.checkpoint();
        long first = disk.calls();
        disk.faults().failCall(first + call, failure);
        boolean restored = restore(store, chunks, failure);
        refused += restored ? 0 : 1;
        boolean reached = disk.calls() > first + call;
        disk.faults().heal();
        assertIs(store, restored ? AFTER : BEFORE);
        long found = onDisk(disk);
        assertThat(found).isIn(restored ? List.of(AFTER) : List.of(BEFORE, AFTER));
        if (failure != Failure.IO_ERROR) {
          assertThat(found).isEqualTo(restored ? AFTER : BEFORE);
        }
        if (!restored) {
          store.restoreDurably("an export", copies(chunks));
          assertIs(store, AFTER);
          assertThat(onDisk(disk)).isEqualTo(AFTER);
        }
        if (!reached) {
          break;
        }
      }
    }
    assertThat(refused).isGreaterThan(failure == Failure.IO_ERROR ? 6 : 1);
  }

  private static List<ByteBuffer> copies(List<ByteBuffer> chunks) {
    return chunks.stream().map(ByteBuffer::duplicate).toList();
  }

  private static boolean restore(Store store, List<ByteBuffer> chunks, Failure failure) {
    try {
      store.restoreDurably("an export", copies(chunks));
      return true;
    } catch (DistDbException refusal) {
      assertThat(refusal.code())
          .isEqualTo(failure == Failure.IO_ERROR ? ErrorCode.IO_ERROR : ErrorCode.DISK_FULL);
      return false;
    }
  }

  private static void assertIs(Store store, long index) {
    assertThat(store.applied().index()).isEqualTo(index);
    assertThat(TestEngines.content(store)).isEqualTo(TestEngines.contentAfter(index));
  }

  /** What a next start finds, which is whole. */
  private static long onDisk(SimulatedDisk disk) {
    try (MemoryStorageEngine reopened = TestEngines.open(disk.afterPowerLoss(CrashMode.LOST))) {
      Store store = reopened.store(TestEngines.SHARD);
      assertIs(store, store.applied().index());
      return store.applied().index();
    }
  }
}
