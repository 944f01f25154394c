// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each planted bug is found by random schedules; how many seeds that took is printed. */
final class CoreMutantTest {
  private static final int SEEDS = 1_000;

  @TestFactory
  Stream<DynamicTest> everyMutantIsCaught() {
    return Mutants.all().entrySet().stream()
        .map(mutant ->
            DynamicTest.dynamicTest(
                mutant.getKey(), () -> caught(mutant.getKey(), mutant.getValue())));
  }

  private static void caught(String name, Supplier<Strategy> mutant) {
    String how = null;
    int seed = 0;
    while (how == null && seed < SEEDS) {
      seed++;
      try {
        new RandomSchedule(seed, mutant).run();
      } catch (AssertionError e) {
        how = e.getMessage().lines().findFirst().orElseThrow();
      }
    }
    assertThat(how).as("%s, %d seeds", name, seed).isNotNull();
    System.out.printf(
        "raft mutant: %s: %d seeds: %s%n",
        name, seed, how.substring(0, Math.min(how.length(), 120)));
  }
}
