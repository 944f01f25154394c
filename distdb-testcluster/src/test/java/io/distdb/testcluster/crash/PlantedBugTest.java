// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The enumerator is only worth something if it turns red: each planted bug is caught at some point.
 * (Checksums ignored and records of a recycled segment taken for new are planted in {@code
 * JournalBugTest} and {@code SnapshotDamageTest}, damage served in {@code BitFlipTest}, a timestamp
 * fetched before marking in the tests of the transactions.)
 */
class PlantedBugTest {
  @ParameterizedTest
  @EnumSource
  void isCaught(PlantedBug bug) {
    List<CrashPoint> points = bug.points();
    assertThat(Enumerator.firstCatch(points, bug)).as("the bug %s", bug).isPresent();
  }
}
