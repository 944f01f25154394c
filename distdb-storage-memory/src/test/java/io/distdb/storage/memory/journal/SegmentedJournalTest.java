// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.Encodable;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bytes of this journal promise beyond the contract: damage, versions, timers. */
class SegmentedJournalTest {
  private static final ShardId GROUP = new ShardId(1);
  private static final JournalOptions SMALL =
      JournalOptions.DEFAULT
          .withSegmentBytes(1024)
          .withReserveBytes(0)
          .withIdleMarkNanos(Long.MAX_VALUE);

  @TempDir Path directory;

  private static SegmentedJournal open(Disk disk, JournalOptions options) {
    return new SegmentedJournal(disk, Scheduler.threads(), Clock.system(), options);
  }

  private static List<JournalRecord> recover(Journal journal) {
    List<JournalRecord> records = new ArrayList<>();
    journal.recover(records::add, Journal.Progress.SILENT);
    return records;
  }

  private static JournalRecord entry(long index, int bytes) {
    byte[] payload = new byte[bytes];
    Arrays.fill(payload, (byte) index);
    return new JournalRecord.Recovered(GROUP, new LogPosition(2, index), Bytes.wrap(payload));
  }

  /** Each record is forced by itself, so each proves all before it. */
  private static List<JournalRecord> fill(Journal journal, int count) {
    List<JournalRecord> records = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      JournalRecord record = entry(i, 40 + i % 7);
      records.add(record);
      journal.force(journal.append(record));
    }
    return records;
  }

  @Test
  void aFlippedBitAnywhereInAClosedJournalIsRefusedOrChangesNothing() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    List<JournalRecord> records = fill(journal, 40);
    journal.close();
    int refused = flipEveryByte(disk, records, records.size());
    assertThat(refused).as("bytes whose damage is refused").isGreaterThan(40 * 84);
  }

  @Test
  void aFlippedBitAnywhereInAnOpenJournalCostsAtMostTheUnprovenRecord() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    List<JournalRecord> records = fill(journal, 40);
    int refused = flipEveryByte(disk, records, records.size() - 1);
    assertThat(refused).as("bytes whose damage is refused").isGreaterThan(39 * 84);
  }

  @Test
  void ignoredChecksumsWouldBeCaught() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    List<JournalRecord> records = fill(journal, 40);
    journal.close();
    ChecksumCheck ignored = (written, computed) -> true;
    assertThatThrownBy(() -> flipEveryByte(disk, records, records.size(), ignored))
        .as("a planted bug: the journal takes every checksum for good")
        .isInstanceOf(AssertionError.class);
  }

  private static int flipEveryByte(SimulatedDisk disk, List<JournalRecord> records, int needed) {
    return flipEveryByte(disk, records, needed, ChecksumCheck.EQUAL);
  }

  private static int flipEveryByte(
      SimulatedDisk disk, List<JournalRecord> records, int needed, ChecksumCheck checksums) {
    int refused = 0;
    for (String name : disk.list("")) {
      long bytes;
      try (DiskFile file = disk.open(name)) {
        bytes = file.size();
      }
      for (long at = 0; at < bytes; at++) {
        SimulatedDisk damaged = disk.afterPowerLoss(CrashMode.KEPT);
        damaged.flipBit(name, at * 8 + at % 8);
        SegmentedJournal reopened =
            new SegmentedJournal(damaged, Scheduler.threads(), Clock.system(), SMALL, checksums);
        try {
          List<JournalRecord> found = recover(reopened);
          assertThat(found.size()).as("%s byte %d", name, at).isBetween(needed, records.size());
          assertThat(found).isEqualTo(records.subList(0, found.size()));
        } catch (DistDbException refusal) {
          assertThat(refusal.code())
              .as("%s byte %d", name, at)
              .isIn(ErrorCode.DATA_CORRUPTED, ErrorCode.INCOMPATIBLE_FORMAT);
          refused++;
        }
      }
    }
    return refused;
  }

  @Test
  void damageIsNamedAndNothingIsChanged() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    fill(journal, 5);
    journal.close();
    disk.flipBit("0000000000000001.segment", (64 + 88 + 88 + 50) * 8);
    long boundaries = disk.boundaries();
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> recover(open(disk, SMALL)));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    assertThat(refusal)
        .hasMessageContaining("0000000000000001.segment")
        .hasMessageContaining("byte 240")
        .hasMessageContaining("index 2 of shard 1");
    assertThat(refusal.hint()).isPresent();
    assertThat(disk.boundaries()).isEqualTo(boundaries);
  }

  @Test
  void aMissingSegmentIsDamage() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    fill(journal, 40);
    journal.close();
    disk.delete("0000000000000002.segment");
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> recover(open(disk, SMALL)));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    assertThat(refusal).hasMessageContaining("0000000000000002.segment is missing");
  }

  @Test
  void aMissingLastSegmentIsDamage() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    fill(journal, 40);
    journal.close();
    while (true) {
      List<String> segments =
          disk.list("").stream()
              .filter(name -> name.endsWith(".segment") && !name.startsWith("free-"))
              .toList();
      if (segments.isEmpty()) {
        return;
      }
      disk.delete(segments.getLast());
      long boundaries = disk.boundaries();
      DistDbException refusal =
          catchThrowableOfType(DistDbException.class, () -> recover(open(disk, SMALL)));
      assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
      assertThat(refusal).hasMessageContaining(".segment is missing");
      assertThat(disk.boundaries()).isEqualTo(boundaries);
    }
  }

  /** As earlier versions leave it, and as a torn write does. */
  @Test
  void withoutANoteOfTheNewestSegmentTheJournalOpens() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    fill(journal, 40);
    journal.close();
    disk.flipBit("newest", 77);
    SegmentedJournal torn = open(disk, SMALL);
    assertThat(recover(torn)).isNotEmpty();
    torn.close();
    disk.delete("newest");
    SegmentedJournal old = open(disk, SMALL);
    assertThat(recover(old)).isNotEmpty();
    old.close();
  }

  @Test
  void aNewerFormatIsRefusedByBothVersions() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    journal.close();
    ByteBuffer header = ByteBuffer.allocate(SegmentHeader.BYTES);
    try (DiskFile file = disk.open("0000000000000001.segment")) {
      file.read(0, header);
      header.putInt(8, 7).putInt(44, 1);
      file.write(0, header.clear());
    }
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> recover(open(disk, SMALL)));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT);
    assertThat(refusal).hasMessageContaining("version 7").hasMessageContaining("up to 1");
  }

  @Test
  void aTornTailIsCutOnceAndReported() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    fill(journal, 3);
    disk.flipBit("0000000000000001.segment", (64 + 88 + 88 + 50) * 8);
    SegmentedJournal reopened = open(disk.kill(), SMALL);
    List<JournalRecord> found = new ArrayList<>();
    Journal.Recovery recovery = reopened.recover(found::add, Journal.Progress.SILENT);
    assertThat(found).hasSize(2);
    assertThat(recovery.tornBytes()).isEqualTo(88);
    assertThat(recovery.closedCleanly()).isFalse();
  }

  @Test
  void anIdleJournalMarksItsEndOnceAndThenRests() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n");
      SimulatedDisk disk = node.disk();
      world.run(() -> {
        SegmentedJournal journal =
            new SegmentedJournal(
                disk, node.scheduler(), node.clock(), SMALL.withIdleMarkNanos(1_000_000_000));
        recover(journal);
        long end = journal.append(entry(1, 10));
        journal.force(end);
        world.sleep(5_000_000_000L);
        assertThat(journal.endOffset()).isEqualTo(end + RecordFormat.recordBytes(0));
        long calls = disk.calls();
        world.sleep(60_000_000_000L);
        assertThat(disk.calls()).isEqualTo(calls);
        journal.force(journal.append(entry(2, 10)));
        world.sleep(5_000_000_000L);
        assertThat(journal.forcedOffset()).isEqualTo(journal.endOffset());
        journal.close();
      });
    }
  }

  @Test
  void underIntervalTheDiskHasEverythingAnIntervalLater() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNode node = world.node("n");
      SimulatedDisk disk = node.disk();
      world.run(() -> {
        SegmentedJournal journal =
            new SegmentedJournal(
                disk,
                node.scheduler(),
                node.clock(),
                SMALL.withDurability(Durability.INTERVAL).withIntervalNanos(50_000_000));
        recover(journal);
        long end = journal.append(entry(1, 10));
        journal.force(end);
        assertThat(journal.forcedOffset()).isLessThan(end);
        world.sleep(150_000_000);
        assertThat(journal.forcedOffset()).isGreaterThanOrEqualTo(end);
        journal.close();
      });
      List<JournalRecord> found = recover(open(disk.crash(CrashMode.LOST), SMALL));
      assertThat(found).hasSize(1);
    }
  }

  @Test
  void recordsOfAHundredMegabytesGoThroughRealFiles() {
    FileDisk disk = new FileDisk(directory);
    SegmentedJournal journal = open(disk, JournalOptions.DEFAULT);
    recover(journal);
    journal.append(entry(1, 10));
    journal.append(entry(2, 110 << 20));
    journal.force(journal.append(entry(3, 10)));
    journal.close();
    SegmentedJournal reopened = open(disk, JournalOptions.DEFAULT);
    List<JournalRecord> found = recover(reopened);
    assertThat(found).hasSize(3);
    assertThat(((JournalRecord.Recovered) found.get(1)).payload().length()).isEqualTo(110 << 20);
    assertThat(found.get(1).equals(entry(2, 110 << 20))).isTrue();
    reopened.close();
  }

  @Test
  void anInterruptedThreadCommits() {
    FileDisk disk = new FileDisk(directory);
    SegmentedJournal journal = open(disk, JournalOptions.DEFAULT);
    recover(journal);
    Thread.currentThread().interrupt();
    journal.force(journal.append(entry(1, 10)));
    assertThat(Thread.interrupted()).isTrue();
    journal.force(journal.append(entry(2, 10)));
    journal.close();
    SegmentedJournal reopened = open(disk, JournalOptions.DEFAULT);
    assertThat(recover(reopened)).hasSize(2);
    reopened.close();
  }

  @Test
  void aPayloadThatFailsLeavesTheJournalAsItWas() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    long end = journal.append(entry(1, 10));
    IllegalStateException failure =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                journal.append(
                    new JournalRecord.Entry(GROUP, new LogPosition(2, 2), new Failing())));
    assertThat(failure).hasMessage("cannot encode");
    assertThat(journal.endOffset()).isEqualTo(end);
    journal.force(journal.append(entry(2, 10)));
    assertThat(recover(open(disk.crash(CrashMode.LOST), SMALL)))
        .containsExactly(entry(1, 10), entry(2, 10));
  }

  private static final class Failing implements Encodable {
    @Override
    public int encodedSize() {
      return 100;
    }

    @Override
    public void encode(ByteBuffer target) {
      target.putInt(1);
      throw new IllegalStateException("cannot encode");
    }
  }

  @Test
  void aConfigurationThatANewLeaderOverwroteIsNotCarried() {
    SimulatedDisk disk = new SimulatedDisk(1);
    SegmentedJournal journal = open(disk, SMALL);
    recover(journal);
    JournalRecord old = configuration(2, 5, "a");
    JournalRecord now = configuration(3, 5, "b");
    journal.append(old);
    journal.append(now);
    journal.append(new JournalRecord.HardState(GROUP, 3, Optional.empty()));
    fill(journal, 40);
    journal.purge(Map.of(GROUP, new LogPosition(3, 40)));
    List<JournalRecord> found = recover(open(disk.crash(CrashMode.LOST), SMALL));
    assertThat(found).doesNotContain(old);
    assertThat(found).contains(new JournalRecord.HardState(GROUP, 3, Optional.empty()));
  }

  private static JournalRecord configuration(long term, long index, String voter) {
    return new JournalRecord.Configuration(
        GROUP, new LogPosition(term, index), List.of(new NodeId(voter)), List.of(), List.of());
  }
}
