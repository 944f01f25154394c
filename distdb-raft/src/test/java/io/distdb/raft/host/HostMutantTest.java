// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each planted bug is found by the worlds of {@link ReplicatedRegisterTest}. */
class HostMutantTest {
  private static final int SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void itIsFound(HostBug bug) {
    OptionalInt seed =
        IntStream.rangeClosed(1, SEEDS).filter(each -> isFound(bug, each)).findFirst();
    assertThat(seed).as(bug.name()).isPresent();
    System.out.printf("raft host mutant: %s: seed %d%n", bug, seed.getAsInt());
  }

  private static boolean isFound(HostBug bug, int seed) {
    try (RegisterSimulation simulation = new RegisterSimulation(seed, bug)) {
      simulation.run();
      return false;
    } catch (AssertionError | RuntimeException found) {
      return true;
    }
  }
}
