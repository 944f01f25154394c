// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How messages get through, late, twice or not at all, and which nodes stand still. */
final class FaultyNetwork {
  private record Link(NodeId from, NodeId to) {}

  private final CoreCluster cluster;
  private final FaultMix mix;
  private final SeededRandom random;
  private final Set<Link> cut = new HashSet<>();
  private final Set<NodeId> paused = new TreeSet<>();

  /** What paused nodes will get; in a duel also what did not get through. */
  private final ArrayList<Parcel> waiting = new ArrayList<>();

  /** Messages that may come once more, at any later time. */
  private final ArrayList<Parcel> attic = new ArrayList<>();

  FaultyNetwork(CoreCluster cluster, FaultMix mix, SeededRandom random) {
    this.cluster = cluster;
    this.mix = mix;
    this.random = random;
  }

  boolean isWhole() {
    return cut.isEmpty() && paused.isEmpty();
  }

  boolean isPaused(NodeId node) {
    return paused.contains(node);
  }

  boolean isCut(Parcel parcel) {
    return cut.contains(new Link(parcel.from(), parcel.to()));
  }

  boolean connects(NodeId from, NodeId to) {
    return !cut.contains(new Link(from, to)) && !paused.contains(from);
  }

  void cut(NodeId from, NodeId to) {
    cut.add(new Link(from, to));
  }

  void isolate(NodeId node) {
    for (NodeId other : cluster.nodes.keySet()) {
      cut(node, other);
      cut(other, node);
    }
  }

  void pause(NodeId node) {
    paused.add(node);
  }

  void mend() {
    cut.clear();
    paused.clear();
    for (Parcel parcel : List.copyOf(waiting)) {
      if (!mix.duel || random.chance(0.7)) {
        waiting.remove(parcel);
        cluster.network.add(parcel);
      }
    }
  }

  /** No more faults; nothing is left for later. */
  void heal() {
    mend();
    cluster.network.addAll(waiting);
    waiting.clear();
  }

  /** One message, chosen by chance: it gets there, or later, or not. What was done, in words. */
  String move(boolean lose) {
    int at = random.chance(mix.inOrder) ? 0 : random.below(cluster.network.size());
    Parcel parcel = cluster.network.remove(at);
    boolean stuck = paused.contains(parcel.to()) || mix.duel && isCut(parcel);
    if (stuck && waiting.size() < mix.networkMax) {
      waiting.add(parcel);
      return "late " + parcel;
    }
    if (lose || stuck || isCut(parcel) || cluster.network.size() > mix.networkMax) {
      cluster.lose(parcel);
      return "lost " + parcel;
    }
    cluster.deliver(parcel);
    return parcel.toString();
  }

  /** A message of now stays, and one of now or of long ago comes again. */
  void repeat() {
    Parcel parcel = random.pick(cluster.network);
    if (parcel instanceof Parcel.Mail) {
      attic.add(parcel);
      cluster.network.add(random.pick(attic));
    }
  }

  @Override
  public String toString() {
    return "cut " + cut + ", paused " + paused;
  }
}
