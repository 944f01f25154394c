// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Store;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Snapshot files that are not what was written. */
class SnapshotDamageTest {
  private static final String DIRECTORY = "shard-" + TestEngines.SHARD;
  private static final String FILE = DIRECTORY + "/snapshot-0000000001";

  private static SimulatedDisk diskWithSnapshot() {
    SimulatedDisk disk = new SimulatedDisk(1);
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      TestEngines.applyThrough(engine.store(TestEngines.SHARD), 40);
      engine.store(TestEngines.SHARD).checkpoint();
    }
    return disk;
  }

  private static byte[] bytes(SimulatedDisk disk) {
    try (DiskFile file = disk.open(FILE)) {
      ByteBuffer content = ByteBuffer.allocate((int) file.size());
      file.read(0, content);
      return content.array();
    }
  }

  private static void replace(SimulatedDisk disk, byte[] content, int length) {
    try (DiskFile file = disk.create(FILE)) {
      file.write(0, ByteBuffer.wrap(content, 0, length));
      file.force();
    }
  }

  private static void assertRefused(SimulatedDisk disk, ErrorCode code, String what) {
    assertThatThrownBy(() -> TestEngines.open(disk))
        .as(what)
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> {
              assertThat(refusal.code()).as(what).isEqualTo(code);
              assertThat(refusal).hasMessageContaining("snapshot-0000000001");
            });
  }

  @Test
  void everyFlippedBitIsFoundAndNamed() {
    SimulatedDisk disk = diskWithSnapshot();
    long bits = bytes(disk).length * 8L;
    assertThat(bits).isGreaterThan(4_000);
    for (long bit = 0; bit < bits; bit++) {
      disk.flipBit(FILE, bit);
      long damaged = bit;
      assertThatThrownBy(() -> TestEngines.open(disk))
          .as("bit %s", damaged)
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
          .hasMessageContaining(FILE)
          .hasMessageContaining("at offset ");
      disk.flipBit(FILE, bit);
    }
    TestEngines.open(disk).close();
  }

  @Test
  void everyCutAndEveryAdditionIsFound() {
    SimulatedDisk disk = diskWithSnapshot();
    byte[] content = bytes(disk);
    for (int length = 0; length < content.length; length++) {
      replace(disk, content, length);
      assertRefused(disk, ErrorCode.DATA_CORRUPTED, "cut to " + length);
    }
    byte[] longer = new byte[content.length + 1];
    System.arraycopy(content, 0, longer, 0, content.length);
    replace(disk, longer, longer.length);
    assertRefused(disk, ErrorCode.DATA_CORRUPTED, "one byte more");
  }

  @Test
  void newerFormatIsRefusedByName() {
    SimulatedDisk disk = diskWithSnapshot();
    byte[] content = bytes(disk);
    ByteBuffer header = ByteBuffer.wrap(content);
    header.putInt(8, 2);
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, 12);
    header.putInt(12, (int) checksum.getValue());
    replace(disk, content, content.length);
    assertRefused(disk, ErrorCode.INCOMPATIBLE_FORMAT, "version 2");
    assertThatThrownBy(() -> TestEngines.open(disk))
        .hasMessageContaining("version 2")
        .hasMessageContaining("version 1");
    assertThat(bytes(disk)).as("nothing was overwritten").isEqualTo(content);
  }

  /** To open the older one would undo, without a word, what was applied between the two. */
  @Test
  void damagedNewestIsNeverPassedOverForAnOlderOne() {
    SimulatedDisk disk = diskWithSnapshot();
    byte[] older = bytes(disk);
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 44);
      store.checkpoint();
    }
    replace(disk, older, older.length);
    disk.flipBit(DIRECTORY + "/snapshot-0000000002", 999);
    assertThatThrownBy(() -> TestEngines.open(disk))
        .hasMessageContaining("snapshot-0000000002")
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    assertThat(disk.list(DIRECTORY)).as("nothing was deleted").hasSize(2);
  }

  @Test
  void fileOfAnotherShardIsRefused() {
    SimulatedDisk disk = diskWithSnapshot();
    disk.createDirectories("shard-6");
    disk.rename(FILE, "shard-6/snapshot-0000000001");
    assertRefused(disk, ErrorCode.DATA_CORRUPTED, "moved");
  }
}
