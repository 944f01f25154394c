// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;

class SimulatedTransportContractTest extends TransportContract {
  private static final int SEEDS = 10;

  @Override
  protected void run(Body body) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (SimulatedWorld world = new SimulatedWorld(seed)) {
        NetworkFaults faults = NetworkFaults.of(world.random("faults"));
        SimulatedNetwork network = new SimulatedNetwork(world, faults);
        SimulatedNode one = world.node("one");
        SimulatedNode other = world.node("other");
        world.run(() -> body.run(network.join(one), network.join(other), world.scheduler()));
      }
    }
  }
}
