// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a group finds in its journal, above all when a snapshot was being installed. */
class RecallTest {
  private static final ShardId GROUP = new ShardId(3);
  private static final Membership FOUNDERS = members("a", "b");
  private static final Membership LATER = members("a", "b", "c");
  private static final LogPosition SNAPSHOT = new LogPosition(3, 40);

  private static Membership members(String... names) {
    return Membership.of(List.of(names).stream().map(NodeId::new).toList(), List.of());
  }

  private static JournalRecord entry(long term, long index) {
    return new JournalRecord.Recovered(GROUP, new LogPosition(term, index), Bytes.utf8("x"));
  }

  private static List<JournalRecord> entries(long term, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(index -> entry(term, index)).toList();
  }

  private static JournalRecord configuration(long term, long index, Membership membership) {
    return new JournalRecord.Configuration(
        GROUP,
        new LogPosition(term, index),
        membership.voters(),
        membership.outgoing(),
        membership.learners());
  }

  private static boolean wasAlone(JournalRecord... records) {
    Recall recall = new Recall(GROUP, LogPosition.START);
    List.of(records).forEach(recall::take);
    return recall.wasAlone();
  }

  @Test
  void whoWasAloneIsTold() {
    JournalRecord alone = configuration(0, 0, members("solo"));
    assertThat(wasAlone(alone, entry(1, 1))).isTrue();
    assertThat(wasAlone()).isFalse();
    assertThat(wasAlone(configuration(0, 0, FOUNDERS))).isFalse();
    assertThat(wasAlone(alone, configuration(1, 1, members("solo")))).isFalse();
    assertThat(wasAlone(configuration(1, 7, members("solo")))).isFalse();
  }

  /** As {@link GroupJournal#install} writes it. */
  private static List<JournalRecord> installed() {
    return List.of(
        new JournalRecord.SnapshotInstalled(GROUP, SNAPSHOT),
        new JournalRecord.Recovered(GROUP, SNAPSHOT, Bytes.EMPTY),
        configuration(3, 40, LATER));
  }

  @SafeVarargs
  private static RaftCore.OnDisk recall(LogPosition applied, List<JournalRecord>... records) {
    Recall recall = new Recall(GROUP, applied);
    recall.take(configuration(0, 0, FOUNDERS));
    recall.take(new JournalRecord.HardState(GROUP, 9, Optional.of(new NodeId("b"))));
    List.of(records).forEach(some -> some.forEach(recall::take));
    return recall.onDisk();
  }

  private static List<Long> indexes(RaftCore.OnDisk disk) {
    return disk.entries().stream().map(Entry::index).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** Also one whose terms are higher than the snapshot's, which nothing but its place tells. */
  @Test
  void anInstalledSnapshotVoidsTheTailThatConflicts() {
    RaftCore.OnDisk disk =
        recall(SNAPSHOT, entries(1, 1, 39), entries(5, 40, 45), installed(), entries(6, 41, 42));
    assertThat(disk.entries().stream().map(Entry::term)).containsExactly(6L, 6L);
    assertThat(disk.membership()).isEqualTo(LATER);
    assertThat(disk.base()).isEqualTo(SNAPSHOT);
    assertThat(disk.term()).isEqualTo(9);
    assertThat(disk.vote()).contains(new NodeId("b"));
    assertThat(recall(SNAPSHOT, entries(5, 1, 45), installed()).entries()).isEmpty();
  }

  @Test
  void aSnapshotThatTheStateMachineNeverGotLeavesTheLogAsItWas() {
    LogPosition applied = new LogPosition(1, 15);
    for (int torn = 0; torn <= 3; torn++) {
      RaftCore.OnDisk disk = recall(applied, entries(1, 1, 20), installed().subList(0, torn));
      assertThat(indexes(disk)).as("torn behind " + torn).isEqualTo(range(16, 20));
      assertThat(disk.membership()).isEqualTo(FOUNDERS);
      RaftCore.OnDisk conflicting =
          recall(applied, entries(1, 1, 20), entries(5, 21, 45), installed().subList(0, torn));
      assertThat(indexes(conflicting)).as("torn behind " + torn).isEqualTo(range(16, 45));
    }
  }

  @Test
  void aSnapshotThatFoundNoRoomIsNothingWhenTheLogGoesOn() {
    for (LogPosition applied : List.of(new LogPosition(1, 15), new LogPosition(3, 50))) {
      for (int torn = 0; torn <= 3; torn++) {
        RaftCore.OnDisk disk =
            recall(
                applied,
                entries(1, 1, 20),
                entries(5, 21, 45),
                installed().subList(0, torn),
                entries(1, 21, 39),
                entries(3, 40, 52));
        assertThat(indexes(disk))
            .as("torn behind " + torn)
            .isEqualTo(range(applied.index() + 1, 52));
        assertThat(disk.entries().getLast().term()).isEqualTo(3);
      }
    }
  }

  @Test
  void entriesBehindASnapshotThatIsMissingAreRefused() {
    DistDbException refusal =
        catchThrowableOfType(
            DistDbException.class,
            () ->
                recall(new LogPosition(1, 15), entries(1, 1, 20), installed(), entries(3, 41, 42)));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
  }

  @Test
  void whatAPurgeCarriedForwardVoidsNothing() {
    List<JournalRecord> carried =
        List.of(
            new JournalRecord.SnapshotInstalled(GROUP, SNAPSHOT),
            configuration(3, 40, LATER),
            new JournalRecord.HardState(GROUP, 9, Optional.empty()));
    RaftCore.OnDisk disk = recall(new LogPosition(3, 43), entries(3, 41, 50), carried);
    assertThat(indexes(disk)).isEqualTo(range(44, 50));
    assertThat(disk.membership()).isEqualTo(LATER);
    Membership newest = members("a", "d");
    RaftCore.OnDisk newer =
        recall(
            new LogPosition(3, 48),
            entries(3, 41, 44),
            List.of(configuration(3, 45, newest)),
            entries(3, 46, 50),
            carried);
    assertThat(newer.membership()).isEqualTo(newest);
  }

  @Test
  void aMembershipThatWasOverwrittenCountsNoLonger() {
    RaftCore.OnDisk disk =
        recall(
            new LogPosition(5, 50),
            entries(3, 41, 44),
            List.of(configuration(3, 45, LATER)),
            entries(5, 45, 52));
    assertThat(disk.membership()).isEqualTo(FOUNDERS);
    assertThat(indexes(disk)).isEqualTo(range(51, 52));
  }

  // --- a crash at every write and force of an installation ---

  @Test
  void aCrashAnywhereInAnInstallationIsRecovered() {
    long boundaries =
        CrashPoints.run(
            1,
            CrashPoints.ALL,
            RegistersMachine.Saved::new,
            (disk, saved) -> {
              Journal journal = journal(disk);
              journal.recover(record -> {}, Journal.Progress.SILENT);
              GroupJournal written = new GroupJournal(GROUP, journal);
              written.write(log());
              journal.force(written.end());
              saved.noteForced();
              written.install(new Effect.Installed(SNAPSHOT, LATER));
              new RegistersMachine(saved).installSnapshot(SNAPSHOT, RegistersMachine.at(SNAPSHOT));
              written.write(new Effect.HardState(8, Optional.empty()));
              journal.force(written.end());
            },
            RecallTest::verify);
    assertThat(boundaries).isGreaterThan(8);
  }

  private static List<Entry> log() {
    List<Entry> log = new ArrayList<>();
    log.add(new Entry(LogPosition.START, FOUNDERS));
    for (long index = 1; index <= 45; index++) {
      LogPosition position = new LogPosition(index < 40 ? 1 : 5, index);
      log.add(new Entry(position, Entry.Nothing.NOTHING));
    }
    return log;
  }

  private static void verify(SimulatedDisk disk, RegistersMachine.Saved saved) {
    Recall recall = new Recall(GROUP, new RegistersMachine(saved).applied());
    Journal journal = journal(disk);
    journal.recover(recall::take, Journal.Progress.SILENT);
    journal.close();
    RaftCore.OnDisk found = recall.onDisk();
    if (saved.installed() > 0) {
      assertThat(found.base()).isEqualTo(SNAPSHOT);
      assertThat(found.entries()).isEmpty();
      assertThat(found.membership()).isEqualTo(LATER);
    } else if (saved.isForced()) {
      assertThat(indexes(found)).isEqualTo(range(1, 45));
      assertThat(found.membership()).isEqualTo(FOUNDERS);
    }
  }

  private static Journal journal(SimulatedDisk disk) {
    return new SegmentedJournal(
        disk,
        Scheduler.threads(),
        Clock.system(),
        JournalOptions.DEFAULT
            .withSegmentBytes(16 << 10)
            .withReserveBytes(0)
            .withIdleMarkNanos(Long.MAX_VALUE));
  }
}
