// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Nodes, and a bag of messages between them. Nothing happens by itself: each method is one event.
 * What a group must keep is checked after each one by {@link Invariants}, which throws.
 */
final class CoreCluster {
  final TreeMap<NodeId, CoreNode> nodes;
  final ArrayList<Parcel> network;
  final Invariants invariants;

  /** What the cluster's users were told, the newest last; cleared by who reads it. */
  final ArrayList<Effect> told = new ArrayList<>();

  /** Is told of each effect, after what is checked was. */
  BiConsumer<NodeId, Effect> observer = (node, effect) -> {};

  /** How often each kind of event and effect was there, by its name. */
  final TreeMap<String, Integer> seen = new TreeMap<>();

  CoreCluster(Membership begun) {
    nodes = new TreeMap<>();
    network = new ArrayList<>();
    invariants = new Invariants(begun);
  }

  private CoreCluster(CoreCluster other) {
    nodes = new TreeMap<>(other.nodes);
    network = new ArrayList<>(other.network);
    invariants = other.invariants.copy();
  }

  /** A copy in which {@code changing} may go on by events; the other nodes are shared. */
  CoreCluster copy(NodeId changing) {
    CoreCluster copy = new CoreCluster(this);
    copy.nodes.computeIfPresent(changing, (id, node) -> node.copy());
    return copy;
  }

  void add(CoreNode node) {
    nodes.put(node.id, node);
    node.start();
    invariants.started(node);
  }

  CoreNode node(NodeId id) {
    return nodes.get(id);
  }

  List<CoreNode> up() {
    return nodes.values().stream().filter(CoreNode::isUp).toList();
  }

  /** One event of a node that is up. */
  void step(NodeId id, Event event) {
    CoreNode node = nodes.get(id);
    List<Effect> effects = node.strategy.step(node.core, event);
    count(event);
    effects.forEach(this::count);
    invariants.stepped(this, node);
    for (Effect effect : effects) {
      perform(node, effect);
      observer.accept(id, effect);
    }
  }

  private void count(Object what) {
    seen.merge(what.getClass().getSimpleName(), 1, Integer::sum);
    switch (what) {
      case Effect.Refused refused -> seen.merge(refused.why().name(), 1, Integer::sum);
      case Effect.Persist write when write.installed().isPresent() ->
          seen.merge("Installed", 1, Integer::sum);
      case Event.Received received -> count(received.message());
      default -> {
        // Its kind says enough.
      }
    }
  }

  private void perform(CoreNode node, Effect effect) {
    switch (effect) {
      case Effect.Persist write -> node.writes.add(write);
      case Effect.Send send -> {
        invariants.sent(this, node, send.to(), send.message());
        network.add(new Parcel.Mail(node.id, send.to(), send.message()));
      }
      case Effect.Apply apply -> {
        invariants.applied(node, apply.entries());
        node.machine = apply.entries().getLast().index();
      }
      case Effect.SendSnapshot send -> network.add(snapshot(node, send.to()));
      case Effect.ReadReady ready -> {
        invariants.answered(ready.read(), ready.index());
        told.add(ready);
      }
      case Effect.Accepted accepted -> told.add(accepted);
      case Effect.Refused refused -> told.add(refused);
      case Effect.ReadRefused refused -> told.add(refused);
      case Effect.Leading leading -> told.add(leading);
      case Effect.Following following -> told.add(following);
    }
  }

  private static Parcel snapshot(CoreNode node, NodeId to) {
    long index = node.machine;
    return new Parcel.Snapshot(
        node.id, to, node.core.term(), position(node, index), node.core.membershipAt(index));
  }

  private static LogPosition position(CoreNode node, long index) {
    return node.core.entry(index).map(Entry::position).orElse(node.core.base());
  }

  /** Asks for a read that must see everything that is committed now. */
  void read(NodeId id, long read) {
    read(id, read, 0);
  }

  /** As {@link #read}, at a time of the node's clock. */
  void read(NodeId id, long read, long now) {
    invariants.asked(read);
    step(id, new Event.ReadRequested(read, now));
  }

  /** The parcel gets there, or finds nobody. */
  void deliver(Parcel parcel) {
    CoreNode to = nodes.get(parcel.to());
    boolean there = to != null && to.isUp();
    switch (parcel) {
      case Parcel.Mail mail -> {
        if (there) {
          step(to.id, new Event.Received(mail.from(), mail.message()));
        }
      }
      case Parcel.Snapshot snapshot -> {
        network.add(new Parcel.Receipt(snapshot.to(), snapshot.from(), there));
        if (there) {
          step(
              to.id,
              new Event.SnapshotReceived(
                  snapshot.from(), snapshot.term(), snapshot.position(), snapshot.membership()));
        }
      }
      case Parcel.Receipt receipt -> {
        if (there) {
          step(to.id, new Event.SnapshotSent(receipt.from(), receipt.arrived()));
        }
      }
    }
  }

  /** The parcel does not get there. */
  void lose(Parcel parcel) {
    switch (parcel) {
      case Parcel.Mail mail -> {
        // Nobody learns of it.
      }
      case Parcel.Snapshot snapshot ->
          network.add(new Parcel.Receipt(snapshot.to(), snapshot.from(), false));
      case Parcel.Receipt receipt -> deliver(receipt);
    }
  }

  /** The first {@code count} writes are on the disk. */
  void complete(NodeId id, int count) {
    CoreNode node = nodes.get(id);
    long sequence = 0;
    for (int done = 0; done < count; done++) {
      Effect.Persist write = node.writes.remove();
      node.disk.write(write, CoreDisk.parts(write));
      sequence = write.sequence();
      if (write.installed().isPresent()) {
        node.machine = node.disk.machine;
      }
    }
    step(id, new Event.Persisted(sequence));
  }

  /** What was applied becomes durable, through {@code index}. */
  void checkpoint(NodeId id, long index) {
    CoreNode node = nodes.get(id);
    node.disk.machine = Math.max(node.disk.machine, index);
  }

  /** The log's beginning goes, through {@code index}, which was applied. */
  void compact(NodeId id, long index) {
    checkpoint(id, index);
    CoreNode node = nodes.get(id);
    LogPosition position = position(node, index);
    Membership membership = node.core.membershipAt(index);
    step(id, new Event.Compact(index));
    node.disk.purge(index, position, membership);
  }

  void crash(NodeId id, int parts) {
    CoreNode node = nodes.get(id);
    node.crash(parts);
    invariants.crashed(node);
  }

  void restart(NodeId id) {
    CoreNode node = nodes.get(id);
    node.start();
    invariants.started(node);
  }
}
