// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope.Lane;
import io.distdb.api.transport.Lanes;
import io.distdb.api.transport.Transport;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All lanes of a transport are a transport; some of them are one that has no others. */
class LanesContractTest extends TransportContract {
  @Override
  protected void run(Body body) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      world.run(() ->
          body.run(
              all(network.join(world.node("one"))),
              all(network.join(world.node("other"))),
              world.scheduler()));
    }
  }

  private static Transport all(Transport whole) {
    return new Lanes(whole).take(Lane.CONSENSUS, Lane.SNAPSHOT, Lane.REQUEST, Lane.HEARTBEAT);
  }

  @Test
  void eachGetsItsOwnLanesAlone() {
    try (SimulatedWorld world = new SimulatedWorld(2)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      world.run(() -> {
        Transport sender = network.join(world.node("one"));
        sender.start(envelope -> {});
        Lanes lanes = new Lanes(network.join(world.node("other")));
        Transport requests = lanes.take(Lane.REQUEST);
        Transport rest = lanes.take(Lane.CONSENSUS, Lane.SNAPSHOT);
        List<Lane> requestsGot = new ArrayList<>();
        List<Lane> restGot = new ArrayList<>();
        requests.start(envelope -> requestsGot.add(envelope.lane()));
        sendOnAll(world, sender);
        rest.start(envelope -> restGot.add(envelope.lane()));
        sendOnAll(world, sender);
        requests.close();
        sendOnAll(world, sender);
        assertThat(requestsGot).containsExactly(Lane.REQUEST, Lane.REQUEST);
        assertThat(restGot)
            .containsExactlyInAnyOrder(
                Lane.CONSENSUS, Lane.SNAPSHOT, Lane.CONSENSUS, Lane.SNAPSHOT);
      });
    }
  }

  private static void sendOnAll(SimulatedWorld world, Transport sender) {
    for (Lane lane : Lane.values()) {
      sender.send(new NodeId("other"), lane, Bytes.of(1));
    }
    world.sleep(10_000_000);
  }

  @Test
  void aLaneHasOneTakerAndStaysWithIt() {
    try (SimulatedWorld world = new SimulatedWorld(3)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      world.run(() -> {
        Lanes lanes = new Lanes(network.join(world.node("one")));
        Transport requests = lanes.take(Lane.REQUEST);
        assertThatThrownBy(() -> lanes.take(Lane.HEARTBEAT, Lane.REQUEST))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the lane REQUEST is taken");
        assertThat(lanes.take(Lane.HEARTBEAT).self()).isEqualTo(requests.self());
        assertThatThrownBy(() -> requests.send(new NodeId("x"), Lane.SNAPSHOT, Bytes.EMPTY))
            .isInstanceOf(IllegalArgumentException.class);
      });
    }
  }
}
