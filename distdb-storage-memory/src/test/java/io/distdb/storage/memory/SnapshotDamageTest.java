// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.io.InputStream;
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
    header.putInt(8, 3);
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, 12);
    header.putInt(12, (int) checksum.getValue());
    replace(disk, content, content.length);
    assertRefused(disk, ErrorCode.INCOMPATIBLE_FORMAT, "version 3");
    assertThatThrownBy(() -> TestEngines.open(disk))
        .hasMessageContaining("version 3")
        .hasMessageContaining("versions 1 to 2");
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

  /** Right by itself, of the right number and type, but of another snapshot. */
  @Test
  void blockOfAnotherSnapshotIsFound() {
    byte[] one = bytes(diskWithSnapshot());
    SimulatedDisk disk = new SimulatedDisk(2);
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      for (long index = 1; index <= 40; index++) {
        store.apply(TestEngines.at(index), index == 22 ? other(index) : TestEngines.batch(index));
      }
      store.checkpoint();
    }
    byte[] other = bytes(disk);
    int differing = 0;
    int from = 40;
    for (int at = 40; at < Math.min(one.length, other.length); ) {
      int end = at + 20 + ByteBuffer.wrap(one).getInt(at + 12);
      int otherEnd = from + 20 + ByteBuffer.wrap(other).getInt(from + 12);
      ByteBuffer spliced = ByteBuffer.allocate(one.length + other.length);
      spliced.put(one, 0, at).put(other, from, otherEnd - from).put(one, end, one.length - end);
      if (!spliced.flip().equals(ByteBuffer.wrap(one))) {
        differing++;
        replace(disk, spliced.array(), spliced.limit());
        assertRefused(disk, ErrorCode.DATA_CORRUPTED, "block at " + at);
      }
      at = end;
      from = otherEnd;
    }
    assertThat(differing).isGreaterThan(1);
  }

  /** As many operations as usual, with another value. */
  private static WriteBatch other(long index) {
    WriteBatch batch = TestEngines.batch(index);
    return new WriteBatch()
        .at(index)
        .put(TestEngines.ROWS, ((WriteBatch.Put) batch.operations().get(0)).key(), Bytes.of(1))
        .put(TestEngines.NAMES, ((WriteBatch.Put) batch.operations().get(1)).key(), Bytes.of(1))
        .deleteSide(Bytes.utf8("side " + (index - 1)))
        .putSide(Bytes.utf8("side " + index), Bytes.EMPTY);
  }

  /** Written by the first release of the format; must open for ever. */
  @Test
  void fileOfFormatOneOpens() throws IOException {
    byte[] content;
    try (InputStream resource = SnapshotDamageTest.class.getResourceAsStream("snapshot-1.bin")) {
      content = resource.readAllBytes();
    }
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.createDirectories(DIRECTORY);
    replace(disk, content, content.length);
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      assertThat(TestEngines.content(engine.store(TestEngines.SHARD)))
          .isEqualTo(TestEngines.contentAfter(40));
    }
  }

  @Test
  void fileOfAnotherShardIsRefused() {
    SimulatedDisk disk = diskWithSnapshot();
    disk.createDirectories("shard-6");
    disk.rename(FILE, "shard-6/snapshot-0000000001");
    assertRefused(disk, ErrorCode.DATA_CORRUPTED, "moved");
  }
}
