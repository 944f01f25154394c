// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.disk.Disk;
import io.distdb.testkit.disk.CrashMode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The crash-point test is only worth something if it turns red. Each bug planted here must be
 * caught at some boundary. (Ignored checksums are planted in {@code SegmentedJournalTest}, a
 * timestamp fetched before marking in the tests of the transactions.)
 */
class PlantedBugTest {
  private static final long SEED = 1;
  private static final int STEPS = 36;

  @Test
  void acknowledgingBeforeTheForceIsCaught() {
    assertThat(firstCatch(BuggyDisk::acknowledgeBeforeForce)).isPresent();
  }

  @Test
  void purgingTheJournalBeforeTheSnapshotIsRenamedIsCaught() {
    assertThat(firstCatch(BuggyDisk::purgeBeforeRename)).isPresent();
  }

  @Test
  void notForcingDirectoriesIsCaught() {
    assertThat(firstCatch(BuggyDisk::noDirectoryForce)).isPresent();
  }

  private static Optional<String> firstCatch(UnaryOperator<Disk> bug) {
    long boundaries = CrashRun.boundaries(SEED, STEPS);
    for (long boundary = 0; boundary < boundaries; boundary++) {
      for (CrashMode mode : CrashMode.values()) {
        try {
          CrashRun.crashAndVerify(SEED, STEPS, boundary, mode, bug);
        } catch (AssertionError caught) {
          return Optional.of(caught.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
