// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.time.Clock;
import io.distdb.testkit.journal.JournalCrashCheck;
import org.junit.jupiter.api.Test;

/** Bugs planted in the journal's own code, which no disk can imitate, are caught. */
class JournalBugTest {
  private static JournalCrashCheck check(ChecksumCheck checksums) {
    return new JournalCrashCheck(
        (disk, scheduler, durability, segmentBytes) ->
            new SegmentedJournal(
                disk,
                scheduler,
                Clock.system(),
                JournalOptions.DEFAULT
                    .withDurability(durability)
                    .withSegmentBytes(segmentBytes)
                    .withReserveBytes(0),
                checksums),
        1);
  }

  @Test
  void withoutABugAllIsWell() {
    assertThat(check(ChecksumCheck.EQUAL).run()).isGreaterThan(100);
  }

  @Test
  void takingATornRecordForWholeIsCaught() {
    ChecksumCheck ignored = (written, computed) -> true;
    assertThatThrownBy(() -> check(ignored).run()).isInstanceOf(AssertionError.class);
  }

  /** What a recycled segment still holds looks like a record: only checksum and chain tell. */
  @Test
  void takingAStaleRecordOfARecycledSegmentForNewIsCaught() {
    ChecksumCheck anything =
        new ChecksumCheck() {
          @Override
          public boolean holds(int written, int computed) {
            return true;
          }

          @Override
          public boolean follows(int previous, int chain) {
            return true;
          }
        };
    assertThatThrownBy(() -> check(anything).run()).isInstanceOf(AssertionError.class);
  }
}
