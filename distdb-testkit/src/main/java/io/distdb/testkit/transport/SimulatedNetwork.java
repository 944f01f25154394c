// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Carries messages between the nodes of a world, worse than a real network would.
 *
 * <p>A message is decided on twice: when it is sent (lost, doubled, delayed, link blocked) and when
 * it arrives (link blocked by then, receiver dead, restarted or closed: lost). Blocking is for one
 * direction; a clogged link holds its messages back and then lets them all through.
 *
 * <p>The end of a process is told to the others as a broken connection, as messages are brought:
 * later, or not at all. Others break by chance, with the message that was to go.
 *
 * <p>Methods are for the holder of the baton, or for the test while the world stands still.
 */
public final class SimulatedNetwork {
  private final SimulatedWorld world;
  private final SeededRandom random;
  private final TreeMap<NodeId, SimulatedTransport> endpoints = new TreeMap<>();
  private final TreeSet<Link> blocked = new TreeSet<>();
  private final TreeMap<Link, Long> cloggedUntil = new TreeMap<>();
  private final TreeMap<Link, Long> lastArrival = new TreeMap<>();
  private NetworkFaults faults;

  /** One direction between two nodes. */
  private record Link(NodeId from, NodeId to) implements Comparable<Link> {
    @Override
    public int compareTo(Link other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }

    @Override
    public String toString() {
      return from + ">" + to;
    }
  }

  public SimulatedNetwork(SimulatedWorld world, NetworkFaults faults) {
    this.world = Objects.requireNonNull(world, "world");
    this.faults = Objects.requireNonNull(faults, "faults");
    this.random = world.random("network");
  }

  /** The transport of the node's present process; that of an earlier one is dead with it. */
  public Transport join(SimulatedNode node) {
    SimulatedTransport endpoint = new SimulatedTransport(this, node);
    endpoints.put(endpoint.self(), endpoint);
    node.whenProcessEnds(() -> ended(endpoint.self()));
    return endpoint;
  }

  public void faults(NetworkFaults newFaults) {
    faults = Objects.requireNonNull(newFaults, "newFaults");
  }

  /** Loses what goes from one node to the other; not the way back. */
  public void block(NodeId from, NodeId to) {
    blocked.add(new Link(from, to));
    world.trace("block", from + ">" + to, 0);
  }

  public void unblock(NodeId from, NodeId to) {
    blocked.remove(new Link(from, to));
    world.trace("unblock", from + ">" + to, 0);
  }

  /** Cuts every link between the two groups, both ways. */
  public void partition(List<NodeId> some, List<NodeId> others) {
    for (NodeId one : some) {
      for (NodeId other : others) {
        block(one, other);
        block(other, one);
      }
    }
  }

  /** Holds back what goes from one node to the other, for a while. */
  public void clog(NodeId from, NodeId to, long nanos) {
    cloggedUntil.merge(new Link(from, to), world.nowNanos() + nanos, Math::max);
    world.trace("clog", from + ">" + to, nanos);
  }

  /** Ends every fault; messages on their way stay late. */
  public void heal() {
    blocked.clear();
    cloggedUntil.clear();
    faults = NetworkFaults.NONE;
    world.trace("heal", "network", 0);
  }

  void send(Envelope envelope) {
    Link link = new Link(envelope.from(), envelope.to());
    trace("send", envelope);
    if (blocked.contains(link) || random.chance(faults.dropProbability())) {
      trace("lost", envelope);
      return;
    }
    if (random.chance(faults.breakProbability())) {
      trace("lost", envelope);
      breakConnection(envelope.from(), envelope.to());
      return;
    }
    scheduleArrival(link, envelope);
    if (random.chance(faults.duplicateProbability())) {
      scheduleArrival(link, envelope);
    }
  }

  /** Both ends are told that a connection between them broke. */
  public void breakConnection(NodeId one, NodeId other) {
    for (Link link : List.of(new Link(one, other), new Link(other, one))) {
      bring(link, () -> tellLost(link));
    }
  }

  private void ended(NodeId node) {
    for (NodeId other : endpoints.keySet()) {
      if (!other.equals(node) && random.chance(faults.endNoticedProbability())) {
        Link link = new Link(node, other);
        bring(link, () -> tellLost(link));
      }
    }
  }

  /** Unless the way is blocked: who is cut off is told nothing. */
  private void tellLost(Link link) {
    SimulatedTransport receiver = endpoints.get(link.to());
    if (!blocked.contains(link) && receiver != null && receiver.receives()) {
      world.trace("connection lost", link.toString(), 0);
      receiver.lose(link.from());
    }
  }

  private void scheduleArrival(Link link, Envelope envelope) {
    bring(link, () -> arrive(link, envelope));
  }

  private void bring(Link link, Runnable then) {
    long delay = random.between(faults.delayNanosMin(), faults.delayNanosMax());
    if (random.chance(faults.slowProbability())) {
      delay *= 100;
    }
    long now = world.nowNanos();
    long arrival = Math.max(now, cloggedUntil.getOrDefault(link, now)) + delay;
    if (!faults.reorders()) {
      arrival = Math.max(arrival, lastArrival.getOrDefault(link, 0L) + 1);
    }
    lastArrival.merge(link, arrival, Math::max);
    world.scheduler().after(arrival - now, "message " + link, then);
  }

  private void arrive(Link link, Envelope envelope) {
    SimulatedTransport receiver = endpoints.get(envelope.to());
    if (blocked.contains(link) || receiver == null || !receiver.receives()) {
      trace("lost", envelope);
      return;
    }
    trace("arrives", envelope);
    receiver.deliver(envelope);
  }

  private void trace(String kind, Envelope envelope) {
    CRC32C crc = new CRC32C();
    crc.update(envelope.payload().array());
    String subject = envelope.from() + ">" + envelope.to() + " " + envelope.lane().name();
    world.trace(kind, subject, ((long) envelope.payload().length() << 32) | crc.getValue());
  }

  /** Everybody who has joined, in order. */
  public List<NodeId> members() {
    return new ArrayList<>(endpoints.keySet());
  }
}
