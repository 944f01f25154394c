// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedRunnerTest {
  private final SeedRunner runner = SeedRunner.of(SeedRunnerTest.class, "someMethod");

  @Test
  void runsEachSeedAndTheFirstOfAHundredTwice() {
    List<Long> seeds = new ArrayList<>();
    runner.run(
        101,
        seed -> {
          seeds.add(seed);
          return seed;
        });
    assertThat(seeds).hasSize(103).startsWith(1L, 1L, 2L).endsWith(100L, 101L, 101L);
  }

  @Test
  void aFailureNamesTheSeedAndTheReplayCommand() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            runner.run(
                10,
                seed -> {
                  if (seed == 7) {
                    throw new IllegalStateException("broken");
                  }
                  return 0;
                }))
        .withMessageContaining("seed 7 failed: broken")
        .withMessageContaining("-Dtest=SeedRunnerTest#someMethod -Ddistdb.seed=7")
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void unequalHashesOfOneSeedFail() {
    long[] calls = new long[1];
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> runner.run(1, seed -> calls[0]++))
        .withMessageContaining("not deterministic");
  }
}
