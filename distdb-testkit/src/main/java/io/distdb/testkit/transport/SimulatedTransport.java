// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.simulation.SimulatedNode;
import java.util.Objects;
import java.util.function.Consumer;

/** One process's end of the network. */
final class SimulatedTransport implements Transport {
  private static final int PAYLOAD_BYTES_MAX = 4 << 20;

  private final SimulatedNetwork network;
  private final SimulatedNode node;
  private final NodeId self;
  private final Scheduler scheduler;
  private final int life;
  private Consumer<Envelope> handler;
  private Consumer<NodeId> lost = peer -> {};
  private boolean closed;

  SimulatedTransport(SimulatedNetwork network, SimulatedNode node) {
    this.network = network;
    this.node = node;
    this.self = new NodeId(node.name());
    this.scheduler = node.scheduler();
    this.life = node.lives();
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public void start(Consumer<Envelope> newHandler) {
    requireAlive();
    if (handler != null) {
      throw new IllegalStateException("the transport of " + self + " was started already");
    }
    handler = Objects.requireNonNull(newHandler, "newHandler");
  }

  @Override
  public void whenLost(Consumer<NodeId> listener) {
    requireAlive();
    lost = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
    requireAlive();
    if (payload.length() > PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "payload of " + payload.length() + " bytes, at most " + PAYLOAD_BYTES_MAX + " go");
    }
    if (!closed) {
      network.send(new Envelope(self, to, lane, payload));
    }
  }

  @Override
  public int payloadBytesMax() {
    return PAYLOAD_BYTES_MAX;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean receives() {
    return isAlive() && !closed && handler != null;
  }

  /** Hands the message out on a timer of the receiving process, so that a pause holds it back. */
  void deliver(Envelope envelope) {
    scheduler.after(
        0,
        "deliver to " + self,
        () -> {
          if (!closed) {
            handler.accept(envelope);
          }
        });
  }

  /** The connection with a node broke. */
  void lose(NodeId peer) {
    scheduler.after(
        0,
        self + " loses " + peer,
        () -> {
          if (!closed) {
            lost.accept(peer);
          }
        });
  }

  private boolean isAlive() {
    return node.isAlive() && node.lives() == life;
  }

  private void requireAlive() {
    if (!isAlive()) {
      throw new SimulatedCrash(self + " is gone");
    }
  }
}
