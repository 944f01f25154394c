// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each planted bug is found by random schedules; which seed did it is printed. Those that need many
 * seeds have theirs here; {@code -Ddistdb.raft.mutants=true} looks for all of them from 1 on.
 */
final class CoreMutantTest {
  private static final int SEEDS = 1_000;

  private static final Map<String, Integer> KNOWN =
      Map.of(
          "10 all that a follower has counts as verified", 286,
          "10 an answer of an earlier term counts", 537,
          "12 a read in an earlier round", 157,
          "13 a lease lasts twice as long", 197,
          "13 a transfer leaves the lease", 273,
          "6 an installed snapshot keeps a tail", 71);

  @TestFactory
  Stream<DynamicTest> everyMutantIsCaught() {
    return Mutants.all().entrySet().stream()
        .map(mutant ->
            DynamicTest.dynamicTest(
                mutant.getKey(), () -> caught(mutant.getKey(), mutant.getValue())));
  }

  private static void caught(String name, Supplier<Strategy> mutant) {
    Optional<String> how = Optional.empty();
    int seed = KNOWN.getOrDefault(name, 0);
    if (seed > 0 && !Boolean.getBoolean("distdb.raft.mutants")) {
      how = breach(name, seed, mutant);
    }
    if (how.isEmpty()) {
      seed = 0;
    }
    while (how.isEmpty() && seed < SEEDS) {
      seed++;
      how = breach(name, seed, mutant);
    }
    assertThat(how).as("%s, %d seeds", name, seed).isPresent();
    System.out.printf("raft mutant: %s: %s%n", name, how.get());
  }

  /** What the schedule notices, if it does. */
  private static Optional<String> breach(String name, int seed, Supplier<Strategy> mutant) {
    try {
      new RandomSchedule(seed, mutant, name.startsWith("13 ")).run();
      return Optional.empty();
    } catch (AssertionError e) {
      String what = e.getMessage().lines().findFirst().orElseThrow();
      return Optional.of(what.substring(0, Math.min(what.length(), 120)));
    }
  }
}
