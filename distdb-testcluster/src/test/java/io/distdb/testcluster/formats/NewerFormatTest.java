// SPDX-License-Identifier: MIT
package io.distdb.testcluster.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testcluster.damage.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * A file of a newer version is refused by both versions, whichever file it is. Of RocksDB's records
 * {@code RocksErrorsTest} says it, of the catalog {@code CatalogUpgradeTest}, of a file DATABASE
 * {@code DatabaseIdentityTest}; a write batch has the version of the command around it.
 */
final class NewerFormatTest {
  private static final int NEWER = 77;

  private final Sample sample = Sample.make();

  private void refused(String newer, String known) {
    assertThatThrownBy(() -> Sample.open(sample.disk).close())
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT))
        .hasMessageContainingAll(newer, known);
  }

  private void seenByInspect() {
    assertThat(sample.inspect().damages())
        .extracting(Damage::kind)
        .contains(Damage.Kind.NEWER_FORMAT);
  }

  /** Puts a newer version into a header, and the checksum that goes with it. */
  private void raiseVersion(String name, int length, int checksumAt) {
    try (DiskFile file = sample.disk.open(name)) {
      ByteBuffer header = ByteBuffer.allocate(length);
      file.read(0, header);
      header.flip().putInt(8, NEWER);
      CRC32C crc = new CRC32C();
      crc.update(header.array(), 0, checksumAt);
      if (length > checksumAt + 4) {
        crc.update(header.array(), checksumAt + 4, length - checksumAt - 4);
      }
      header.putInt(checksumAt, (int) crc.getValue());
      file.write(0, header);
      file.force();
    }
  }

  @Test
  void directory() {
    try (DiskFile file = sample.disk.create("FORMAT")) {
      file.write(
          0,
          ByteBuffer.wrap(
              "DistDB data directory\nformat 77\nstorage memory\n"
                  .getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
    refused("format 77", "up to 2");
    assertThatThrownBy(sample::inspect).hasMessageContaining("format 77");
  }

  @Test
  void segment() {
    String last = sample.name(sample.inspect().journal().segments().getLast().file());
    raiseVersion(last, 64, 12);
    refused("version " + NEWER, "up to 1");
    seenByInspect();
  }

  @Test
  void snapshot() {
    String newest = "snapshots/" + sample.inspect().contents().getFirst().name();
    raiseVersion(newest, 16, 12);
    refused("version " + NEWER, "versions 1 to 2");
    seenByInspect();
  }

  @Test
  void command() {
    List<LogPosition> positions = new ArrayList<>();
    try (SegmentedJournal journal =
        new SegmentedJournal(
            sample.disk.directory("journal"),
            Scheduler.threads(),
            Clock.system(),
            JournalOptions.DEFAULT)) {
      journal.recover(
          record -> {
            if (record instanceof JournalRecord.Recovered entry) {
              positions.add(entry.position());
            }
          },
          Journal.Progress.SILENT);
      LogPosition last = positions.getLast();
      journal.force(
          journal.append(
              new JournalRecord.Recovered(
                  ShardId.SYSTEM,
                  new LogPosition(last.term(), last.index() + 1),
                  Bytes.of(2, 1, 0, 0))));
    }
    refused("format 2", "up to 1");
    seenByInspect();
  }
}
