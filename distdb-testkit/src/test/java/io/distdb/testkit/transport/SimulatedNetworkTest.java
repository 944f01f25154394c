// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
  private static final int MESSAGES = 200;

  /** In the place of a message: a connection broke. */
  private static final int LOST = -1;

  private static final long SECOND = 1_000_000_000;

  @Test
  void aGoodNetworkBringsEveryMessageOnceInOrder() {
    assertThat(received(faults -> faults)).isEqualTo(sent());
  }

  @Test
  void dropsSome() {
    List<Integer> received = received(f -> new NetworkFaults(0.3, 0, 100, 200, 0, false, 0, 1));
    assertThat(received).hasSizeBetween(MESSAGES / 3, MESSAGES - 10).isSorted();
    assertThat(sent()).containsAll(received);
  }

  @Test
  void doublesSome() {
    List<Integer> received = received(f -> new NetworkFaults(0, 0.3, 100, 200, 0, false, 0, 1));
    assertThat(received).hasSizeGreaterThan(MESSAGES + 10).isSorted();
    assertThat(new TreeSet<>(received)).hasSize(MESSAGES);
  }

  @Test
  void reordersSome() {
    List<Integer> received = received(f -> new NetworkFaults(0, 0, 100, 1_000_000, 0, true, 0, 1));
    assertThat(received).isNotEqualTo(sent());
    assertThat(received.stream().sorted().toList()).isEqualTo(sent());
  }

  @Test
  void aBlockIsForOneDirection() {
    world((world, network, pair) -> {
      network.block(pair.one().self(), pair.other().self());
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      pair.other().send(pair.one().self(), Envelope.Lane.REQUEST, Bytes.of(2));
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(2);
      network.heal();
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(3));
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(2, 3);
    });
  }

  @Test
  void aPartitionCutsBothWaysAndWhatIsOnItsWay() {
    world((world, network, pair) -> {
      NodeId one = pair.one().self();
      NodeId other = pair.other().self();
      pair.one().send(other, Envelope.Lane.REQUEST, Bytes.of(1));
      network.partition(List.of(one), List.of(other));
      pair.other().send(one, Envelope.Lane.REQUEST, Bytes.of(2));
      world.sleep(SECOND);
      assertThat(pair.received()).isEmpty();
      network.unblock(one, other);
      pair.one().send(other, Envelope.Lane.REQUEST, Bytes.of(3));
      pair.other().send(one, Envelope.Lane.REQUEST, Bytes.of(4));
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(3);
    });
  }

  @Test
  void aCloggedLinkLetsThroughLater() {
    world((world, network, pair) -> {
      network.clog(pair.one().self(), pair.other().self(), 10 * SECOND);
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      world.sleep(9 * SECOND);
      assertThat(pair.received()).isEmpty();
      world.sleep(2 * SECOND);
      assertThat(pair.received()).containsExactly(1);
    });
  }

  @Test
  void aDeadOrRestartedReceiverGetsNothingAndADeadSenderSendsNothing() {
    world((world, network, pair) -> {
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      world.node("other").crash(CrashMode.LOST);
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(LOST);
      assertThatThrownBy(
              () -> pair.other().send(pair.one().self(), Envelope.Lane.REQUEST, Bytes.of(2)))
          .isInstanceOf(SimulatedCrash.class);
      List<Integer> next = new ArrayList<>();
      network.join(world.node("other")).start(e -> next.add(e.payload().at(0)));
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(3));
      world.sleep(SECOND);
      assertThat(next).containsExactly(3);
    });
  }

  @Test
  void aPausedReceiverHearsAfterThePause() {
    world((world, network, pair) -> {
      world.node("other").pause(5 * SECOND);
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      world.sleep(4 * SECOND);
      assertThat(pair.received()).isEmpty();
      world.sleep(2 * SECOND);
      assertThat(pair.received()).containsExactly(1);
    });
  }

  @Test
  void theEndOfAProcessIsToldBehindWhatItSaid() {
    world((world, network, pair) -> {
      pair.other().send(pair.one().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      world.node("other").kill();
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(1, LOST);
      network.join(world.node("other")).start(envelope -> {});
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(1, LOST);
    });
  }

  @Test
  void whoIsCutOffOrNotToldKnowsNothingOfAnEnd() {
    world((world, network, pair) -> {
      network.block(pair.other().self(), pair.one().self());
      world.node("other").kill();
      world.sleep(SECOND);
      network.heal();
      network.faults(new NetworkFaults(0, 0, 100, 200, 0, false, 0, 0));
      network.join(world.node("other")).start(envelope -> {});
      world.node("other").crash(CrashMode.KEPT);
      world.sleep(SECOND);
      assertThat(pair.received()).isEmpty();
    });
  }

  @Test
  void aConnectionThatBreaksTakesAMessageWithItAndIsToldToBoth() {
    world((world, network, pair) -> {
      network.faults(new NetworkFaults(0, 0, 100, 200, 0, false, 1, 1));
      pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(1));
      world.sleep(SECOND);
      assertThat(pair.received()).containsExactly(LOST, LOST);
    });
  }

  private record Pair(Transport one, Transport other, List<Integer> received) {}

  private interface Scene {
    void play(SimulatedWorld world, SimulatedNetwork network, Pair pair);
  }

  private static void world(Scene scene) {
    try (SimulatedWorld world = new SimulatedWorld(5)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      SimulatedNode one = world.node("one");
      SimulatedNode other = world.node("other");
      List<Integer> received = new ArrayList<>();
      Pair pair = new Pair(network.join(one), network.join(other), received);
      assertThat(network.members()).containsExactly(pair.one().self(), pair.other().self());
      pair.one().whenLost(peer -> received.add(LOST));
      pair.other().whenLost(peer -> received.add(LOST));
      pair.one().start(envelope -> received.add(envelope.payload().at(0)));
      pair.other().start(envelope -> received.add(envelope.payload().at(0)));
      world.run(() -> scene.play(world, network, pair));
    }
  }

  private static List<Integer> sent() {
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      sent.add(i);
    }
    return sent;
  }

  private static List<Integer> received(UnaryOperator<NetworkFaults> faults) {
    List<Integer> result = new ArrayList<>();
    world((world, network, pair) -> {
      network.faults(faults.apply(NetworkFaults.NONE));
      for (int message : sent()) {
        pair.one().send(pair.other().self(), Envelope.Lane.REQUEST, Bytes.of(message));
      }
      world.sleep(60 * SECOND);
      result.addAll(pair.received());
    });
    return result;
  }
}
