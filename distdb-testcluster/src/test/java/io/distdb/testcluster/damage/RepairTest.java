// SPDX-License-Identifier: MIT
package io.distdb.testcluster.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.client.Client;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.LogGap;
import io.distdb.node.repair.ContentLoss;
import io.distdb.node.repair.Repair;
import io.distdb.node.repair.RepairReport;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Planted damage of every kind: what repair says is lost is what is lost, and the rest is saved.
 */
final class RepairTest {
  private static final long MEMORY_BYTES = 64L << 20;

  private final Sample sample = Sample.make();
  private SimulatedDisk target = new SimulatedDisk(9);

  private Repair repair() {
    return new Repair(sample.disk, Sample.surroundings(), MEMORY_BYTES);
  }

  private RepairReport saved(boolean stopsAtGap) {
    target = new SimulatedDisk(9);
    long changes = sample.disk.boundaries();
    RepairReport report = repair().save(target, stopsAtGap);
    assertThat(sample.disk.boundaries()).as("changes of the damaged disk").isEqualTo(changes);
    assertThat(DirectorySurvey.inspect(target, Sample.surroundings(), true).damages())
        .as("damages of the new directory")
        .isEmpty();
    return report;
  }

  /** The rows of the saved database; the index says the same as the table. */
  private Map<Long, String> rows() {
    try (Client client = Sample.open(target)) {
      TreeMap<Long, String> rows = new TreeMap<>();
      client
          .query("SELECT id, name FROM item")
          .toList(row -> rows.put(row.getLong(0), row.getString(1)));
      List<Long> byIndex =
          client
              .query("SELECT id FROM item WHERE amount >= 0 ORDER BY amount, id")
              .toList(row -> row.getLong(0));
      assertThat(byIndex).containsExactlyInAnyOrderElementsOf(rows.keySet());
      client.execute("INSERT INTO item VALUES (100000, 'new', 1)");
      client.execute("CREATE TABLE later (id BIGINT PRIMARY KEY)");
      return rows;
    }
  }

  private static int changesOf(Map<Long, String> rows) {
    return (int) rows.values().stream().filter(name -> name.startsWith("changed")).count();
  }

  @Test
  void aSoundDirectoryHasNothingToRepairAndIsCopiedWhole() {
    assertThat(repair().diagnose().isSound()).isTrue();
    RepairReport report = saved(false);
    assertThat(report.isSound()).isTrue();
    assertThat(report.saved().orElseThrow().indexes()).isEmpty();
    assertThat(rows()).isEqualTo(sample.rows);
  }

  @Test
  void aDirectoryInUseIsRefused() {
    try (Client client = Sample.open(sample.disk)) {
      assertThatThrownBy(() -> repair().diagnose())
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE));
      assertThat(client.query("SELECT 1").toList(row -> row.getInt(0))).hasSize(1);
    }
  }

  @Test
  void aTargetThatIsNotEmptyIsRefused() {
    target.create("something").close();
    assertThatThrownBy(() -> repair().save(target, false))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DUPLICATE_FILE));
    assertThat(target.list("")).containsExactly("something");
  }

  @Test
  void aDamagedRecordCostsOneCommit() {
    List<Sample.Place> entries = sample.entries();
    Sample.Place victim = entries.get(entries.size() - 20);
    sample.flip(victim.file(), victim.offset() + 60, 4);
    RepairReport report = saved(false);
    assertThat(report.plan().gaps())
        .extracting(LogGap::first, LogGap::last)
        .containsExactly(tuple(victim.index(), victim.index()));
    LogGap gap = report.plan().gaps().getFirst();
    assertThat(gap.after()).isPositive().isLessThan(gap.before());
    assertThat(report.plan().lost()).isEmpty();
    Map<Long, String> rows = rows();
    assertThat(rows).hasSize(Sample.ROWS);
    assertThat(changesOf(rows)).isEqualTo(Sample.CHANGES - 1);
    saved(true);
    long behind = entries.stream().filter(entry -> entry.index() > victim.index()).count();
    assertThat(changesOf(rows())).isLessThan(Sample.CHANGES - 1).isGreaterThan(0);
    assertThat(behind).isGreaterThan(1);
  }

  @Test
  void aMissingSegmentCostsItsCommits() {
    List<SegmentReport> segments = sample.segments();
    SegmentReport victim = segments.get(segments.size() / 2);
    sample.disk.delete(sample.name(victim.file()));
    RepairReport report = saved(false);
    assertThat(report.plan().lostEntries())
        .isEqualTo(victim.last().orElseThrow().index() - victim.first().orElseThrow().index() + 1);
    assertThat(changesOf(rows()))
        .isBetween(Sample.CHANGES - (int) report.plan().lostEntries(), Sample.CHANGES - 1);
  }

  @Test
  void theMissingLastSegmentCostsWhatNobodyCanCount() {
    sample.disk.delete(sample.name(sample.segments().getLast().file()));
    RepairReport report = saved(false);
    assertThat(report.plan().tail()).isTrue();
    assertThat(report.plan().end()).isPositive();
    assertThat(rows()).hasSize(Sample.ROWS);
  }

  @Test
  void aDamagedHeaderCostsNothing() {
    for (SegmentReport segment : sample.segments()) {
      sample.flip(segment.file(), 18, 1);
    }
    RepairReport report = saved(false);
    assertThat(report.isSound()).isFalse();
    assertThat(report.plan().isLossless()).isTrue();
    assertThat(rows()).isEqualTo(sample.rows);
  }

  @Test
  void aDamagedBlockCostsTheRowsThatTheReportSays() {
    ContentReport sound = sample.inspect().contents().getFirst();
    sample.flip(Sample.SNAPSHOT, sound.bytes() / 2, 1);
    RepairReport report = saved(false);
    ContentLoss lost = report.plan().lost().orElseThrow();
    assertThat(lost.exact()).isTrue();
    assertThat(lost.keys()).isPositive();
    assertThat(lost.indexes())
        .extracting(ContentLoss.Affected::name)
        .containsExactly("rows of postgres.public.item");
    assertThat(report.plan().gaps()).isEmpty();
    Map<Long, String> rows = rows();
    assertThat((long) Sample.ROWS - rows.size()).isBetween(1L, lost.keys());
    rows.forEach((id, name) -> assertThat(name).isEqualTo(sample.rows.get(id)));
    assertThat(changesOf(rows)).as("what the log wrote anew").isEqualTo(Sample.CHANGES);
    assertThat(report.saved().orElseThrow().tables())
        .contains(new RepairReport.SavedTable("postgres.public.item", rows.size()));
  }

  @Test
  void aCutSnapshotCostsWhatIsBehindTheCut() {
    long size = sample.inspect().contents().getFirst().bytes();
    try (DiskFile file = sample.disk.open(Sample.SNAPSHOT)) {
      file.truncate(size / 2);
    }
    RepairReport report = saved(false);
    assertThat(report.plan().lost().orElseThrow().keys()).isEqualTo(ContentLoss.UNKNOWN);
    Map<Long, String> rows = rows();
    assertThat(rows.size()).isBetween(Sample.CHANGES, Sample.ROWS - 1);
    assertThat(changesOf(rows)).isEqualTo(Sample.CHANGES);
  }

  @Test
  void anOlderSnapshotWithTheLogFromItOnCostsNothing() {
    String older = Sample.SNAPSHOT;
    byte[] content = bytes(older);
    List<String> segments = sample.disk.list("journal");
    Map<String, byte[]> kept = new TreeMap<>();
    segments.forEach(name -> kept.put("journal/" + name, bytes("journal/" + name)));
    try (Client client = Sample.open(sample.disk)) {
      client.checkpoint();
    }
    String newer = Sample.SNAPSHOT.replace("0001", "0002");
    assertThat(sample.disk.exists(newer)).isTrue();
    write(older, content);
    for (String name : sample.disk.list("journal")) {
      sample.disk.delete("journal/" + name);
    }
    kept.forEach(this::write);
    sample.flip(newer, 3000, 1);
    RepairReport report = saved(false);
    DirectoryReport found = report.found();
    assertThat(found.contents()).hasSize(2);
    assertThat(report.plan().base().orElseThrow().name()).endsWith("snapshot-0000000001");
    assertThat(report.plan().lost()).isEmpty();
    assertThat(rows()).isEqualTo(sample.rows);
  }

  private byte[] bytes(String name) {
    try (DiskFile file = sample.disk.open(name)) {
      ByteBuffer content = ByteBuffer.allocate((int) file.size());
      file.read(0, content);
      return content.array();
    }
  }

  private void write(String name, byte[] content) {
    try (DiskFile file = sample.disk.create(name)) {
      file.write(0, ByteBuffer.wrap(content));
    }
  }

  @Test
  void everyThirtyFirstByteOfASnapshotMayBeWrongAndTheRestIsSaved() {
    long size = sample.inspect().contents().getFirst().bytes();
    for (long at = 5; at < size; at += size / 31) {
      sample.flip(Sample.SNAPSHOT, at, 6);
      RepairReport report = saved(false);
      assertThat(report.found().isSound()).isFalse();
      Map<Long, String> rows = rows();
      if (report.plan().isLossless()) {
        assertThat(rows).isEqualTo(sample.rows);
      } else {
        rows.forEach((id, name) -> assertThat(name).isEqualTo(sample.rows.get(id)));
        assertThat(changesOf(rows)).isEqualTo(Sample.CHANGES);
      }
      sample.flip(Sample.SNAPSHOT, at, 6);
    }
  }

  /** Where the first block of a type begins, and where it ends. */
  private long[] block(int type, int which) {
    ByteBuffer snapshot = ByteBuffer.wrap(bytes(Sample.SNAPSHOT));
    int found = 0;
    for (int at = 40; at < snapshot.limit(); at += 20 + snapshot.getInt(at + 12)) {
      if (snapshot.get(at + 4) == type && found++ == which) {
        return new long[] {at, at + 20 + snapshot.getInt(at + 12)};
      }
    }
    throw new AssertionError("there is no such block");
  }

  @Test
  void lostSideRecordsCostNoRowAndNoIdIsGivenTwice() {
    long[] sides = block(1, 0);
    sample.flip(Sample.SNAPSHOT, sides[0] + 30, 1);
    sample.flip(Sample.SNAPSHOT, sides[0] + 31, 1);
    RepairReport report = saved(false);
    assertThat(report.plan().lost().orElseThrow().sides()).isPositive();
    assertThat(report.plan().lost().orElseThrow().keys()).isZero();
    assertThat(rows()).isEqualTo(sample.rows);
  }

  @Test
  void theLostBeginningOfAnIndexCostsTheIndexAndNoOtherOne() {
    int all = sample.inspect().contents().getFirst().indexes().size();
    for (int which = all - 2; which < all; which++) {
      long[] index = block(2, which);
      for (int at = 20; at < index[1] - index[0]; at++) {
        sample.flip(Sample.SNAPSHOT, index[0] + at, 1);
      }
      RepairReport report = saved(false);
      Map<Long, String> rows = rows();
      if (which == all - 1) {
        assertThat(rows).as("secondary indexes are made anew").isEqualTo(sample.rows);
      } else {
        assertThat(rows).as("what the log wrote").hasSize(Sample.CHANGES);
        assertThat(report.plan().lost().orElseThrow().keys()).isGreaterThanOrEqualTo(Sample.ROWS);
      }
      for (int at = 20; at < index[1] - index[0]; at++) {
        sample.flip(Sample.SNAPSHOT, index[0] + at, 1);
      }
    }
  }

  /** The power goes at every boundary of a repair: the target is a whole database, or none. */
  @Test
  void aRepairThatIsInterruptedLeavesNoHalfDatabase() {
    sample.flip(Sample.SNAPSHOT, 3000, 1);
    CrashPoints.run(
        11,
        CrashPoints.ALL,
        ArrayList<Integer>::new,
        (disk, done) -> {
          repair().save(disk, false);
          done.add(1);
        },
        (disk, done) -> {
          target = disk;
          try {
            Map<Long, String> rows = rows();
            assertThat(changesOf(rows)).isIn(0, Sample.CHANGES);
            if (!done.isEmpty()) {
              assertThat(changesOf(rows)).isEqualTo(Sample.CHANGES);
            }
          } catch (DistDbException refused) {
            assertThat(done).as("a repair that was done, refused as %s", refused).isEmpty();
            assertThat(refused.code())
                .isIn(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    ErrorCode.UNDEFINED_TABLE,
                    ErrorCode.INCOMPATIBLE_FORMAT);
          }
        });
  }
}
