// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.SimulatedDisk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogFileTest {
  private static final ShardId SHARD = new ShardId(0);

  private static List<JournalRecord.Recovered> entries(long above, int count, int bytesMax) {
    SeededRandom random = new SeededRandom(5);
    List<JournalRecord.Recovered> entries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      byte[] payload = new byte[random.below(bytesMax)];
      if (random.chance(0.5)) {
        random.fill(payload);
      }
      LogPosition position = new LogPosition(2 + i / 40, above + i);
      entries.add(new JournalRecord.Recovered(SHARD, position, Bytes.wrap(payload)));
    }
    return entries;
  }

  private static byte[] written(
      long above, List<JournalRecord.Recovered> entries, Compression compression) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogFileWriter writer =
        new LogFileWriter(
            chunk -> {
              byte[] copy = new byte[chunk.remaining()];
              chunk.get(copy);
              bytes.writeBytes(copy);
            },
            "shop",
            SHARD,
            above,
            compression);
    entries.forEach(writer::add);
    writer.finish(4711);
    return bytes.toByteArray();
  }

  private static LogFileReader.Content read(byte[] bytes, List<JournalRecord.Recovered> found) {
    SimulatedDisk disk = new SimulatedDisk(1);
    try (DiskFile file = disk.create("f")) {
      file.write(0, ByteBuffer.wrap(bytes));
      return LogFileReader.read(file, "/archive/f", found::add);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatIsWrittenIsReadBack(Compression compression) {
    List<JournalRecord.Recovered> entries = entries(99, 500, 4000);
    byte[] bytes = written(99, entries, compression);
    List<JournalRecord.Recovered> found = new ArrayList<>();
    LogFileReader.Content content = read(bytes, found);
    assertThat(found).isEqualTo(entries);
    assertThat(content)
        .isEqualTo(
            new LogFileReader.Content(
                "shop", SHARD, 100, entries.getLast().position(), 500, 4711, bytes.length));
  }

  @Test
  void anEntryMayBeLargerThanABlock() {
    List<JournalRecord.Recovered> entries = entries(0, 3, 900_000);
    List<JournalRecord.Recovered> found = new ArrayList<>();
    read(written(0, entries, Compression.LZ4), found);
    assertThat(found).isEqualTo(entries);
  }

  @Test
  void everyFlippedBitIsFoundAndNoneServed() {
    List<JournalRecord.Recovered> entries = entries(7, 20, 30);
    byte[] whole = written(7, entries, Compression.LZ4);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      List<JournalRecord.Recovered> found = new ArrayList<>();
      DistDbException damage =
          catchThrowableOfType(DistDbException.class, () -> read(flipped, found));
      assertThat(damage).as("bit %d", bit).isNotNull();
      assertThat(damage.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
      assertThat(damage).hasMessageContaining("/archive/f is damaged at byte ");
      assertThat(found).isEqualTo(entries.subList(0, found.size()));
    }
  }

  @Test
  void everyShorterAndLongerFileIsFound() {
    byte[] whole = written(7, entries(7, 20, 30), Compression.LZ4);
    for (int length = 0; length <= whole.length + 1; length++) {
      if (length == whole.length) {
        continue;
      }
      byte[] other = Arrays.copyOf(whole, length);
      DistDbException damage =
          catchThrowableOfType(DistDbException.class, () -> read(other, new ArrayList<>()));
      assertThat(damage).as("length %d", length).isNotNull();
      assertThat(damage.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    }
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() {
    ByteBuffer newer = ByteBuffer.wrap(written(7, entries(7, 2, 30), Compression.LZ4));
    newer.putInt(8, 2);
    CRC32C crc = new CRC32C();
    crc.update(newer.array(), 0, 12);
    newer.putInt(12, (int) crc.getValue());
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> read(newer.array(), new ArrayList<>()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT);
    assertThat(refusal).hasMessageContainingAll("/archive/f", "format 2", "up to 1");
  }
}
