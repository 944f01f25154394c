// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.disk.CrashMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every write, force, rename, creation, deletion and directory force of a mixed
 * SQL workload. Red when anything acknowledged is lost, anything is half applied, an index
 * disagrees with its table, or the database does not open.
 */
class CrashPointTest {
  private static final long SEED = Long.getLong("distdb.seed", 1);
  private static final int STEPS = Integer.getInteger("distdb.crash.steps", 72);

  @ParameterizedTest
  @EnumSource(names = {"LOST", "TORN", "REORDERED"})
  void everyBoundary(CrashMode mode) {
    long boundaries = CrashRun.boundaries(SEED, STEPS);
    for (long boundary = 0; boundary < boundaries; boundary++) {
      CrashRun.crashAndVerify(SEED, STEPS, boundary, mode, disk -> disk);
    }
  }

  @Test
  void theWorkloadHasFiveHundredBoundaries() {
    assertThat(CrashRun.boundaries(SEED, STEPS)).isGreaterThanOrEqualTo(500);
  }
}
