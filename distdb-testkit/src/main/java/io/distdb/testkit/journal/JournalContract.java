// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Journal} keeps. Extend it in the adapter's tests. */
public abstract class JournalContract {
  static final ShardId GROUP = new ShardId(3);
  static final long SMALL = 4096;

  private final Scheduler scheduler = Scheduler.threads();

  /** Makes the journal under test. */
  protected abstract JournalFactory factory();

  private Journal open(Disk disk) {
    return open(disk, Durability.SYNC);
  }

  private Journal open(Disk disk, Durability durability) {
    return factory().make(disk, scheduler, durability, SMALL);
  }

  static JournalRecord.Entry entry(long index, int bytes) {
    byte[] payload = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      payload[i] = (byte) (index * 31 + i);
    }
    return new JournalRecord.Entry(GROUP, new LogPosition(1, index), new PlainPayload(payload));
  }

  static List<Long> indexes(List<JournalRecord> records) {
    List<Long> indexes = new ArrayList<>();
    for (JournalRecord record : records) {
      if (record instanceof JournalRecord.Recovered entry) {
        indexes.add(entry.position().index());
      }
    }
    return indexes;
  }

  static List<Long> upTo(long last) {
    List<Long> indexes = new ArrayList<>();
    for (long index = 1; index <= last; index++) {
      indexes.add(index);
    }
    return indexes;
  }

  @Test
  void everyKindOfRecordComesBackInOrder() {
    List<JournalRecord> records =
        List.of(
            new JournalRecord.HardState(GROUP, 7, Optional.of(new NodeId("näme"))),
            new JournalRecord.HardState(new ShardId(4), 8, Optional.empty()),
            new JournalRecord.Configuration(
                GROUP,
                new LogPosition(7, 1),
                List.of(new NodeId("a"), new NodeId("b")),
                List.of(new NodeId("b"), new NodeId("d")),
                List.of(new NodeId("c"))),
            new JournalRecord.Recovered(GROUP, new LogPosition(7, 2), Bytes.utf8("an entry")),
            new JournalRecord.Recovered(GROUP, new LogPosition(7, 3), Bytes.EMPTY),
            new JournalRecord.SnapshotInstalled(GROUP, new LogPosition(7, 3)));
    SimulatedDisk disk = new SimulatedDisk(1);
    Journal journal = open(disk);
    assertThat(JournalCrashCheck.recover(journal)).isEmpty();
    records.forEach(journal::append);
    journal.close();
    journal.close();
    List<JournalRecord> found = new ArrayList<>();
    Journal reopened = open(disk);
    Journal.Recovery recovery = reopened.recover(found::add, Journal.Progress.SILENT);
    assertThat(found).isEqualTo(records);
    assertThat(recovery.records()).isEqualTo(records.size());
    assertThat(recovery.closedCleanly()).isTrue();
    assertThat(recovery.tornBytes()).isZero();
    reopened.close();
  }

  @Test
  void whatIsForcedSurvivesPowerLossAndTheRestNeedNot() {
    SimulatedDisk disk = new SimulatedDisk(2);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    long forced = journal.append(entry(1, 100));
    journal.force(forced);
    assertThat(journal.forcedOffset()).isEqualTo(forced);
    long unforced = journal.append(entry(2, 100));
    assertThat(journal.forcedOffset()).isEqualTo(forced);
    assertThat(journal.endOffset()).isEqualTo(unforced).isGreaterThan(forced);
    Journal reopened = open(disk.crash(CrashMode.LOST));
    assertThat(indexes(JournalCrashCheck.recover(reopened))).containsExactly(1L);
    reopened.close();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aKilledProcessLosesNothingAcknowledged(Durability durability) {
    SimulatedDisk disk = new SimulatedDisk(3);
    Journal journal = open(disk, durability);
    JournalCrashCheck.recover(journal);
    for (long index = 1; index <= 100; index++) {
      journal.force(journal.append(entry(index, 90)));
    }
    Journal reopened = open(disk.kill(), durability);
    assertThat(indexes(JournalCrashCheck.recover(reopened))).isEqualTo(upTo(100));
    reopened.close();
  }

  @Test
  void noneForcesNothingUnlessItIsAskedTo() {
    SimulatedDisk disk = new SimulatedDisk(4);
    Journal journal = open(disk, Durability.NONE);
    JournalCrashCheck.recover(journal);
    long forcedBefore = journal.forcedOffset();
    long end = journal.append(entry(1, 100));
    journal.force(end);
    assertThat(journal.forcedOffset()).isEqualTo(forcedBefore);
    journal.forceToDisk(end);
    assertThat(journal.forcedOffset()).isEqualTo(end);
    journal.close();
  }

  @Test
  void aRecordMayBeLargerThanASegment() {
    SimulatedDisk disk = new SimulatedDisk(5);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    journal.append(entry(1, 10));
    journal.append(entry(2, (int) SMALL * 300));
    journal.append(entry(3, 10));
    journal.force(journal.append(entry(4, (int) SMALL)));
    Journal reopened = open(disk.crash(CrashMode.LOST));
    List<JournalRecord> found = JournalCrashCheck.recover(reopened);
    assertThat(indexes(found)).isEqualTo(upTo(4));
    assertThat(((JournalRecord.Recovered) found.get(1)).payload())
        .isEqualTo(entry(2, (int) SMALL * 300).payload().toBytes());
    reopened.close();
  }

  @Test
  void purgeFreesWhatIsCoveredAndCarriesTheRest() {
    SimulatedDisk disk = new SimulatedDisk(6);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    ShardId idle = new ShardId(8);
    JournalRecord vote = new JournalRecord.HardState(idle, 3, Optional.of(new NodeId("n")));
    JournalRecord members =
        new JournalRecord.Configuration(
            idle, new LogPosition(3, 1), List.of(new NodeId("n")), List.of(), List.of());
    journal.append(vote);
    journal.append(members);
    for (long index = 1; index <= 200; index++) {
      journal.append(entry(index, 200));
    }
    journal.force(journal.endOffset());
    long before = journal.retainedBytes();
    journal.purge(Map.of(GROUP, new LogPosition(1, 150)));
    assertThat(journal.retainedBytes()).isEqualTo(before);
    journal.purge(Map.of(GROUP, new LogPosition(1, 150), idle, new LogPosition(3, 1)));
    assertThat(journal.retainedBytes()).isLessThan(before / 2);
    Journal reopened = open(disk.crash(CrashMode.LOST));
    List<JournalRecord> found = JournalCrashCheck.recover(reopened);
    assertThat(found).contains(vote, members);
    assertThat(indexes(found)).contains(151L, 200L).doesNotContain(1L, 100L);
    reopened.close();
  }

  @Test
  void filesThatAreUsedAgainBringNothingBack() {
    SimulatedDisk disk = new SimulatedDisk(7);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    for (long index = 1; index <= 300; index++) {
      journal.force(journal.append(entry(index, 150)));
      if (index % 20 == 0) {
        journal.purge(Map.of(GROUP, new LogPosition(1, index)));
      }
    }
    assertThat(journal.retainedBytes()).isLessThan(4 * SMALL);
    Journal reopened = open(disk.crash(CrashMode.KEPT));
    List<Long> found = indexes(JournalCrashCheck.recover(reopened));
    assertThat(found).isEqualTo(upTo(300).subList(300 - found.size(), 300)).endsWith(300L);
    reopened.close();
  }

  @Test
  void manyThreadsShareForcesAndLoseNothing() {
    SimulatedDisk disk = new SimulatedDisk(8);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    int threads = 8;
    int each = 200;
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      ShardId group = new ShardId(t);
      tasks.add(
          scheduler.start(
              "appender",
              () -> {
                for (long i = 1; i <= each; i++) {
                  journal.force(
                      journal.append(
                          new JournalRecord.Entry(
                              group, new LogPosition(1, i), new PlainPayload(new byte[20]))));
                }
              }));
    }
    tasks.forEach(Scheduler.Task::join);
    assertThat(journal.forcedOffset()).isEqualTo(journal.endOffset());
    Journal reopened = open(disk.crash(CrashMode.LOST));
    List<JournalRecord> found = JournalCrashCheck.recover(reopened);
    assertThat(found).hasSize(threads * each);
    for (int t = 0; t < threads; t++) {
      ShardId group = new ShardId(t);
      assertThat(indexes(found.stream().filter(r -> r.group().equals(group)).toList()))
          .isEqualTo(upTo(each));
    }
    reopened.close();
  }

  @Test
  void aFullDiskRefusesTheAppendAndNothingElse() {
    SimulatedDisk disk = new SimulatedDisk(9);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    disk.faults().capacityBytes(40_000);
    long written = 0;
    DistDbException refusal = null;
    while (refusal == null) {
      try {
        journal.force(journal.append(entry(written + 1, 300)));
        written++;
      } catch (DistDbException refused) {
        refusal = refused;
      }
    }
    assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(written).isGreaterThan(20);
    disk.faults().capacityBytes(1 << 20);
    journal.force(journal.append(entry(written + 1, 300)));
    Journal reopened = open(disk.crash(CrashMode.LOST));
    assertThat(indexes(JournalCrashCheck.recover(reopened))).isEqualTo(upTo(written + 1));
    reopened.close();
  }

  @Test
  void aFullDiskCanBeOpenedAndPurged() {
    SimulatedDisk disk = new SimulatedDisk(10);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    for (long index = 1; index <= 50; index++) {
      journal.force(journal.append(entry(index, 300)));
    }
    long used = (1L << 40) - disk.usableBytes();
    SimulatedDisk next = disk.crash(CrashMode.LOST);
    next.faults().capacityBytes(used);
    Journal reopened = open(next);
    assertThat(indexes(JournalCrashCheck.recover(reopened))).isEqualTo(upTo(50));
    reopened.purge(Map.of(GROUP, new LogPosition(1, 50)));
    reopened.force(reopened.append(entry(51, 300)));
    reopened.close();
  }

  @Test
  void aFailedForceStopsTheJournalForGood() {
    SimulatedDisk disk = new SimulatedDisk(11);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    journal.force(journal.append(entry(1, 100)));
    long end = journal.append(entry(2, 100));
    disk.faults().failCall(disk.calls() + 1, DiskFaults.Failure.IO_ERROR);
    DistDbException failure = catchThrowableOfType(DistDbException.class, () -> journal.force(end));
    assertThat(failure.code()).isEqualTo(ErrorCode.IO_ERROR);
    long calls = disk.calls();
    assertThat(catchThrowableOfType(DistDbException.class, () -> journal.force(end)).code())
        .isEqualTo(ErrorCode.IO_ERROR);
    assertThat(
            catchThrowableOfType(DistDbException.class, () -> journal.append(entry(3, 1))).code())
        .isEqualTo(ErrorCode.IO_ERROR);
    assertThat(disk.calls()).as("the disk is left alone").isEqualTo(calls);
    journal.close();
    // The next life in the same machine must not trust pages that only look written.
    Journal reopened = open(disk);
    List<Long> found = indexes(JournalCrashCheck.recover(reopened));
    reopened.force(reopened.append(entry(9, 100)));
    Journal last = open(disk.crash(CrashMode.LOST));
    List<Long> expected = new ArrayList<>(found);
    expected.add(9L);
    assertThat(indexes(JournalCrashCheck.recover(last))).isEqualTo(expected);
    last.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCrashLosesWhatWasAcknowledgedOrInventsAnything(long seed) {
    assertThat(new JournalCrashCheck(factory(), seed).run()).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(DiskFaults.Failure.class)
  void anErrorAtAnyCallLosesNothingAcknowledged(DiskFaults.Failure failure) {
    assertThat(new JournalCrashCheck(factory(), 4).runWithFailures(failure)).isGreaterThan(30);
  }
}
