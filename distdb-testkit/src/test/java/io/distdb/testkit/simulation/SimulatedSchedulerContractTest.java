// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.testkit.time.SchedulerContract;

class SimulatedSchedulerContractTest extends SchedulerContract {
  private static final int SEEDS = 20;

  @Override
  protected void run(Body body) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        SimulatedNode node = world.node("n1");
        node.clock().drift((int) (seed - 10) * 10_000);
        world.run(() -> body.run(node.scheduler(), node.clock()));
      }
    }
  }
}
