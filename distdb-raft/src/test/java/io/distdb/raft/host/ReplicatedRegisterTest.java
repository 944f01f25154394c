// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.simulation.SeedRunner;
import org.junit.jupiter.api.Test;

/** Three nodes, one register, everything that can go wrong; then everything heals. */
class ReplicatedRegisterTest {
  private static final int SEEDS = 100;

  @Test
  void whatClientsSeeIsOneRegister() {
    int[] answered = new int[1];
    int[] installed = new int[1];
    int[] failedForces = new int[1];
    int[] refusedForRoom = new int[1];
    SeedRunner.of(getClass(), "whatClientsSeeIsOneRegister")
        .run(
            SEEDS,
            seed -> {
              try (RegisterSimulation simulation = new RegisterSimulation(seed)) {
                answered[0] += simulation.run();
                refusedForRoom[0] += simulation.refusedForRoom();
                failedForces[0] += simulation.failedForces();
                installed[0] += simulation.installed();
                return simulation.traceHash();
              }
            });
    assertThat(answered[0]).as("hardly anything was answered").isGreaterThan(SEEDS * 20);
    assertThat(installed[0]).as("hardly a snapshot was needed").isGreaterThan(SEEDS / 2);
    assertThat(failedForces[0]).as("no force ever failed").isGreaterThan(SEEDS / 10);
    assertThat(refusedForRoom[0]).as("no disk was ever full").isPositive();
  }
}
