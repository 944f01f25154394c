// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash check passes a journal that is right and catches each planted bug. */
class JournalCrashCheckTest {
  private static JournalCrashCheck check(PlantedJournal.Bug bug) {
    return new JournalCrashCheck(
        (disk, scheduler, durability, segmentBytes) -> new PlantedJournal(disk, bug), 1);
  }

  @Test
  void aJournalWithoutABugPasses() {
    assertThat(check(PlantedJournal.Bug.NONE).run()).isGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(value = PlantedJournal.Bug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyPlantedBugIsCaught(PlantedJournal.Bug bug) {
    assertThatThrownBy(() -> check(bug).run()).isInstanceOf(AssertionError.class);
  }
}
