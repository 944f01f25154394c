// SPDX-License-Identifier: MIT
package io.distdb.testcluster.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.index.IndexKind;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.client.Client;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.IndexName;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Planted damage of every kind: inspect names file, offset and kind, and goes on behind it. */
final class InspectDamageTest {
  private final Sample sample = Sample.make();

  private DirectoryReport damaged() {
    DirectoryReport report = sample.inspect();
    assertThat(report.isSound()).isFalse();
    return report;
  }

  private static Damage only(DirectoryReport report, Damage.Kind kind) {
    List<Damage> found = report.damages().stream().filter(each -> each.kind() == kind).toList();
    assertThat(found).as("damages of kind %s among %s", kind, report.damages()).hasSize(1);
    return found.getFirst();
  }

  @Test
  void aSoundDirectoryIsDescribedAndLeftAlone() {
    long changes = sample.disk.boundaries();
    DirectoryReport report = sample.inspect();
    assertThat(report.damages()).isEmpty();
    assertThat(report.format()).contains(2);
    assertThat(report.engine()).isEqualTo("memory");
    assertThat(report.holder()).isEmpty();
    assertThat(report.journal().segments()).hasSizeGreaterThan(3);
    assertThat(report.journal().segments().getLast().end()).isEqualTo(SegmentReport.End.CLOSED);
    ContentReport content = report.contents().getFirst();
    assertThat(content.counted()).contains(content.counts());
    assertThat(content.contentBytes()).isGreaterThan(content.bytes());
    IndexReport rows =
        content.indexes().stream()
            .filter(index ->
                new IndexName("postgres", "public", "item", Optional.empty())
                    .equals(report.names().get(index.id())))
            .findFirst()
            .orElseThrow();
    assertThat(rows.keys()).isEqualTo(Sample.ROWS);
    assertThat(rows.kind()).isEqualTo(IndexKind.BTREE);
    assertThat(report.names())
        .containsValue(new IndexName("postgres", "public", "item", Optional.of("item_amount")));
    assertThat(sample.disk.boundaries()).as("changes of the disk").isEqualTo(changes);
  }

  @Test
  void aDirectoryInUseIsDescribedToo() {
    try (Client client = Sample.open(sample.disk)) {
      DirectoryReport report = sample.inspect();
      assertThat(report.holder()).hasValueSatisfying(by -> assertThat(by).contains("a test"));
      assertThat(report.damages()).isEmpty();
      assertThat(client.query("SELECT count(*) FROM item").toList(row -> row.getLong(0)))
          .containsExactly((long) Sample.ROWS);
    }
  }

  @Test
  void aDamagedRecordIsNamedAndThoseBehindItAreRead() {
    List<Sample.Place> entries = sample.entries();
    Sample.Place victim = entries.get(entries.size() / 2);
    sample.flip(victim.file(), victim.offset() + 50, 3);
    DirectoryReport report = damaged();
    Damage damage = only(report, Damage.Kind.RECORD);
    assertThat(damage.file()).isEqualTo(victim.file());
    assertThat(damage.offset()).isEqualTo(victim.offset());
    assertThat(only(report, Damage.Kind.LOG_GAP).what())
        .contains(victim.index() + " to " + victim.index());
    assertThat(report.runs().getLast().last()).isEqualTo(entries.getLast().index());
  }

  @Test
  void aDamagedHeaderLosesNothing() {
    for (SegmentReport segment : sample.segments()) {
      for (long offset : new long[] {0, 9, 13, 17, 33, 40}) {
        sample.flip(segment.file(), offset, 5);
        DirectoryReport report = damaged();
        Damage damage = only(report, Damage.Kind.HEADER);
        assertThat(damage.file()).isEqualTo(segment.file());
        assertThat(damage.offset()).isZero();
        assertThat(report.damages()).as("nothing but the header").hasSize(1);
        sample.flip(segment.file(), offset, 5);
      }
    }
  }

  @Test
  void aMissingSegmentIsNamedByTheOneThatFollows() {
    SegmentReport victim = sample.segments().get(2);
    sample.disk.delete(sample.name(victim.file()));
    DirectoryReport report = damaged();
    assertThat(only(report, Damage.Kind.MISSING_FILE).file()).isEqualTo(victim.file());
    assertThat(only(report, Damage.Kind.LOG_GAP).what())
        .contains(
            victim.first().orElseThrow().index() + " to " + victim.last().orElseThrow().index());
  }

  @Test
  void theMissingLastSegmentIsKnownFromItsMark() {
    SegmentReport last = sample.segments().getLast();
    sample.disk.delete(sample.name(last.file()));
    assertThat(only(damaged(), Damage.Kind.MISSING_FILE).file()).isEqualTo(last.file());
  }

  @Test
  void aDamagedBlockCostsItsRowsAlone() {
    ContentReport sound = sample.inspect().contents().getFirst();
    sample.flip(Sample.SNAPSHOT, sound.bytes() / 2, 1);
    DirectoryReport report = damaged();
    Damage damage = only(report, Damage.Kind.BLOCK);
    assertThat(sample.name(damage.file())).isEqualTo(Sample.SNAPSHOT);
    assertThat(damage.offset()).isBetween(sound.bytes() / 2 - damage.bytes(), sound.bytes() / 2);
    ContentReport content = report.contents().getFirst();
    assertThat(content.counted()).contains(sound.counts());
    assertThat(content.counts().keys()).isBetween(1L, sound.counts().keys() - 1);
    assertThat(content.counts().indexes()).isEqualTo(sound.counts().indexes());
  }

  @Test
  void aCutSnapshotGivesWhatIsBeforeTheCut() {
    long size = sample.inspect().contents().getFirst().bytes();
    try (DiskFile file = sample.disk.open(Sample.SNAPSHOT)) {
      file.truncate(size / 2);
    }
    ContentReport content = damaged().contents().getFirst();
    assertThat(content.counted()).isEmpty();
    assertThat(content.counts().keys()).isPositive();
  }

  @Test
  void oneFlippedBitInAHeaderOrASmallBlockIsPutRight() {
    ContentReport sound = sample.inspect().contents().getFirst();
    long footer = sound.bytes() - 56;
    for (long offset : new long[] {0, 10, 14, 20, 30, 38, footer + 2, footer + 25, footer + 50}) {
      sample.flip(Sample.SNAPSHOT, offset, 2);
      DirectoryReport report = damaged();
      assertThat(report.damages()).hasSize(1);
      assertThat(report.damages().getFirst().offset()).isEqualTo(offset < 40 ? 0 : footer);
      assertThat(report.contents().getFirst().counts()).isEqualTo(sound.counts());
      assertThat(report.contents().getFirst().position()).isEqualTo(sound.position());
      sample.flip(Sample.SNAPSHOT, offset, 2);
    }
  }

  /** Whatever byte is hit, it is seen, nothing throws, and the rest is read. */
  @Test
  void noFlippedBitIsOverlooked() {
    ContentReport sound = sample.inspect().contents().getFirst();
    for (long bit = 3; bit < sound.bytes() * 8; bit += 4099) {
      sample.disk.flipBit(Sample.SNAPSHOT, bit);
      DirectoryReport report = damaged();
      assertThat(report.damages().getFirst().offset()).isLessThanOrEqualTo(bit / 8);
      sample.disk.flipBit(Sample.SNAPSHOT, bit);
    }
    SegmentReport segment = sample.segments().get(1);
    for (long bit = 3; bit < segment.usedBytes() * 8; bit += 331) {
      sample.disk.flipBit(sample.name(segment.file()), bit);
      DirectoryReport report = damaged();
      assertThat(report.damages().getFirst().file()).isEqualTo(segment.file());
      sample.disk.flipBit(sample.name(segment.file()), bit);
    }
  }

  @Test
  void whatACrashLeavesIsNoDamage() {
    try (Client client = Sample.open(sample.disk)) {
      client.execute("UPDATE item SET amount = 0 WHERE id < 5");
      SimulatedDisk killed = sample.disk.kill();
      assertThat(DirectorySurvey.inspect(killed, Sample.surroundings(), true).damages()).isEmpty();
    } catch (SimulatedCrash over) {
      // The old process cannot close any more.
    }
  }

  @Test
  void theFileThatSaysWhatTheDirectoryIsMayBeDamagedOrGone() {
    sample.flip("FORMAT", 3, 0);
    DirectoryReport report = damaged();
    assertThat(only(report, Damage.Kind.HEADER).file()).endsWith("/FORMAT");
    assertThat(report.engine()).isEqualTo("memory");
    sample.disk.delete("FORMAT");
    assertThat(only(damaged(), Damage.Kind.MISSING_FILE).file()).endsWith("/FORMAT");
  }

  @Test
  void filesThatDoNotBelongAreNamed() {
    sample.disk.create("journal/notes.segment").close();
    sample.disk.create("snapshots/readme").close();
    assertThat(damaged().damages())
        .extracting(Damage::kind)
        .containsOnly(Damage.Kind.FOREIGN_FILE)
        .hasSize(2);
  }
}
