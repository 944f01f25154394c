// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import static io.distdb.testkit.journal.JournalContract.GROUP;
import static io.distdb.testkit.journal.JournalContract.SMALL;
import static io.distdb.testkit.journal.JournalContract.entry;
import static io.distdb.testkit.journal.JournalContract.indexes;
import static io.distdb.testkit.journal.JournalContract.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} keeps to those who read it while others append and purge. Extend it in
 * the adapter's tests.
 */
public abstract class JournalReadingContract {
  private final Scheduler scheduler = Scheduler.threads();

  /** Makes the journal under test. */
  protected abstract JournalFactory factory();

  private Journal open(Disk disk) {
    return factory().make(disk, scheduler, Durability.SYNC, SMALL);
  }

  private static List<Long> read(Journal journal, long above, long through) {
    List<JournalRecord> found = new ArrayList<>();
    journal.read(GROUP, above, through, found::add);
    found.forEach(record -> {
      JournalRecord.Recovered entry = (JournalRecord.Recovered) record;
      int bytes = entry.payload().length();
      assertThat(entry.payload())
          .isEqualTo(entry(entry.position().index(), bytes).payload().toBytes());
    });
    return indexes(found);
  }

  @Test
  void entriesAreReadBackWhileOthersAreAppended() {
    SimulatedDisk disk = new SimulatedDisk(12);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    for (long index = 1; index <= 100; index++) {
      journal.append(entry(index, 200));
      journal.append(
          new JournalRecord.Entry(
              new ShardId(4), new LogPosition(1, index), new PlainPayload(new byte[10])));
    }
    journal.force(journal.endOffset());
    assertThat(journal.oldestIndex(GROUP)).hasValue(1);
    List<Long> found = new ArrayList<>();
    journal.read(
        GROUP,
        20,
        100,
        entry -> {
          found.add(entry.position().index());
          journal.force(journal.append(entry(80 + entry.position().index(), 200)));
        });
    assertThat(found).isEqualTo(upTo(100).subList(20, 100));
    assertThat(read(journal, 99, 180)).isEqualTo(upTo(180).subList(99, 180));
    assertThat(read(journal, 180, 180)).isEmpty();
    Journal reopened = open(disk.crash(CrashMode.LOST));
    JournalCrashCheck.recover(reopened);
    assertThat(read(reopened, 0, 180)).isEqualTo(upTo(180));
    reopened.close();
  }

  @Test
  void whatIsHeldIsNotPurgedAndWhatIsPurgedIsRefused() {
    SimulatedDisk disk = new SimulatedDisk(13);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    Journal.Retention held = journal.retain(GROUP, 50);
    for (long index = 1; index <= 200; index++) {
      journal.force(journal.append(entry(index, 200)));
    }
    journal.purge(Map.of(GROUP, new LogPosition(1, 180)));
    assertThat(journal.oldestIndex(GROUP).getAsLong()).isBetween(20L, 51L);
    assertThat(read(journal, 50, 200)).isEqualTo(upTo(200).subList(50, 200));
    assertThat(catchThrowableOfType(DistDbException.class, () -> read(journal, 0, 200)).code())
        .isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
    held.advance(120);
    held.advance(60);
    journal.purge(Map.of());
    assertThat(journal.oldestIndex(GROUP).getAsLong()).isBetween(90L, 121L);
    assertThat(read(journal, 120, 200)).isEqualTo(upTo(200).subList(120, 200));
    held.close();
    held.close();
    journal.purge(Map.of());
    assertThat(journal.oldestIndex(GROUP).getAsLong()).isBetween(150L, 181L);
    journal.close();
  }

  @Test
  void nothingIsPurgedUnderAReader() {
    SimulatedDisk disk = new SimulatedDisk(14);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    for (long index = 1; index <= 100; index++) {
      journal.force(journal.append(entry(index, 200)));
    }
    List<Long> found = new ArrayList<>();
    journal.read(
        GROUP,
        0,
        100,
        entry -> {
          long index = entry.position().index();
          found.add(index);
          journal.purge(Map.of(GROUP, new LogPosition(1, 99 + index)));
          journal.force(journal.append(entry(100 + index, 200)));
        });
    assertThat(found).isEqualTo(upTo(100));
    journal.purge(Map.of());
    assertThat(journal.oldestIndex(GROUP).getAsLong()).isGreaterThan(150);
    journal.close();
  }

  @Test
  void theListenerHearsWhatIsWritten() {
    SimulatedDisk disk = new SimulatedDisk(15);
    Journal journal = open(disk);
    JournalCrashCheck.recover(journal);
    List<Long> heard = new ArrayList<>();
    journal.onWritten(heard::add);
    long end = journal.append(entry(1, 100));
    assertThat(heard).isEmpty();
    journal.force(end);
    assertThat(heard).containsExactly(end);
    journal.close();
  }
}
