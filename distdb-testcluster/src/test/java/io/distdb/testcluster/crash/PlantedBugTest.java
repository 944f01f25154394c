// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The enumerator is only worth something if it turns red: each planted bug is caught at some point.
 * (Checksums ignored and records of a recycled segment taken for new are planted in {@code
 * JournalBugTest} and {@code SnapshotDamageTest}, damage served in {@code BitFlipTest}, a timestamp
 * fetched before marking in the tests of the transactions.)
 */
class PlantedBugTest {
  /** What a disk keeps and loses is chance: one of these seeds is to show the bug. */
  private static final long SEEDS = 8;

  @ParameterizedTest
  @EnumSource
  void isCaught(PlantedBug bug) {
    assertThat(LongStream.rangeClosed(1, SEEDS).anyMatch(seed -> isCaught(bug, seed)))
        .as("the bug %s is caught", bug)
        .isTrue();
  }

  private static boolean isCaught(PlantedBug bug, long seed) {
    List<CrashPoint> points = bug.points(seed);
    return Enumerator.firstCatch(points, bug).isPresent();
  }
}
