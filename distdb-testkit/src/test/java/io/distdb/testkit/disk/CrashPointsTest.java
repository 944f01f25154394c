// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashPointsTest {
  private static final int SEEDS = 20;

  @Test
  void aSoundLogPassesAtEveryBoundary() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(enumerate(seed, ToyLog.Bug.NONE)).isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @EnumSource(value = ToyLog.Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFound(ToyLog.Bug bug) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> {
          for (long seed = 0; seed < SEEDS; seed++) {
            enumerate(seed, bug);
          }
        })
        .withMessageContaining("seed ")
        .withMessageContaining("boundary ");
  }

  @Test
  void everyBoundaryIsTriedOnceAndTheFinishedRunToo() {
    List<Long> crashed = new ArrayList<>();
    long boundaries =
        CrashPoints.run(
            1,
            List.of(CrashMode.LOST),
            ArrayList<String>::new,
            (disk, done) -> {
              disk.create("a").close();
              done.add("created");
              disk.forceDirectory("");
              done.add("forced");
            },
            (disk, done) -> {
              crashed.add((long) done.size());
              assertThat(disk.exists("a")).isEqualTo(done.contains("forced"));
            });
    assertThat(boundaries).isEqualTo(2);
    assertThat(crashed).containsExactly(0L, 1L, 2L);
  }

  private static long enumerate(long seed, ToyLog.Bug bug) {
    return CrashPoints.run(
        seed,
        CrashPoints.ALL,
        ArrayList<Integer>::new,
        (disk, acknowledged) -> {
          try (ToyLog log = ToyLog.open(disk, bug)) {
            for (int value = 1; value <= 8; value++) {
              log.append(value);
              acknowledged.add(value);
              if (value % 3 == 0) {
                log.snapshot();
              }
            }
          }
        },
        (disk, acknowledged) -> {
          try (ToyLog log = ToyLog.open(disk, bug)) {
            int found = log.entries().size();
            assertThat(found).isBetween(acknowledged.size(), acknowledged.size() + 1);
            for (int i = 0; i < found; i++) {
              assertThat(log.entries().get(i)).isEqualTo(i + 1);
            }
          }
        });
  }
}
