// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testcluster.crash.CrashPoint.Outcome;
import io.distdb.testcluster.crash.FaultModel.Spot;
import io.distdb.testkit.disk.DiskOperation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points at which the enumerator once found a promise broken; each says what was wrong. */
class FoundPointsTest {
  @ParameterizedTest
  @CsvSource({
    // A directory whose name could not be forced was relied on after a second force.
    "index builds, EIO_ONCE, FORCE_DIRECTORY, 6",
    "journal apart, EIO_ONCE, FORCE_DIRECTORY, 8",
    "interval, EIO_ONCE, FORCE_DIRECTORY, 5",
    // A directory too full for a new name stopped the journal, reserve or not.
    "accounts, ENOSPC_ONCE, RENAME, 6",
    "recycled segments, ENOSPC_ONCE, RENAME, 28",
    // A tail that reads otherwise the second time was taken for a bug, or shortened.
    "accounts, FLIP_READ, READ, 12",
    "reopenings, FLIP_READ, READ, 35",
    // A write of a repair's copy that failed was taken for damage of what it copied.
    "repairs, EIO_ONCE, WRITE, 76",
    // A record cut for its broken link to the one before it was not reported.
    "recycled segments, FLIP_WRITE, WRITE, 25",
  })
  void keepsItsPromise(String workload, FaultModel fault, DiskOperation operation, long number) {
    CrashPoint point =
        new CrashPoint(Workloads.named(workload), 1, fault, new Spot(operation, number));
    assertThat(point.run(Bug.NONE)).isNotEqualTo(Outcome.MISSED);
  }
}
