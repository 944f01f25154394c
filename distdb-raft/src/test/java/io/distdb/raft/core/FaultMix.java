// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.testkit.SeededRandom;
import java.util.List;
import java.util.TreeMap;

/** What one seed's schedule is made of: sizes, limits, and which events are how likely. */
final class FaultMix {
  /** What can happen, and how often it does beside others, if it does in this seed. */
  enum Kind {
    TICK(32, 40, 40),
    DELIVER(640, 400, 600),
    COMPLETE(160, 150, 300),
    LOSE(16, 4, 2),
    DUPLICATE(12, 30, 4),
    CRASH(3, 1, 8),
    RESTART(8, 6, 80),
    CUT(3, 20, 16),
    MEND(3, 20, 20),
    PROPOSE(40, 20, 24),
    READ(20, 8, 100),
    CHANGE(12, 0, 0),
    TRANSFER(8, 4, 2),
    CHECKPOINT(8, 2, 2),
    COMPACT(8, 6, 2),
    UNREACHABLE(8, 1, 1),
    REST(16, 8, 1);

    private final int weight;
    private final int inDuel;
    private final int withLeases;

    Kind(int weight, int inDuel, int withLeases) {
      this.weight = weight;
      this.inDuel = inDuel;
      this.withLeases = withLeases;
    }
  }

  /** A duel in which clocks go on at bounded rates and leaders have leases. */
  final boolean leases;

  /** The members stay, and one leader after the other is cut off and comes back. */
  final boolean duel;

  /** The nodes that begin the group. */
  final int begun;

  final RaftSettings settings;

  /** How often the oldest message is delivered rather than any. */
  final double inOrder;

  /** How often a crash leaves some of what was being written. */
  final double torn;

  /** Messages beyond it get lost. */
  final int networkMax;

  /** How often all clocks go on together. */
  final double alike;

  /** The number of the node whose writes take long, from 0, or -1. */
  final int slow;

  private final TreeMap<Kind, Integer> weights = new TreeMap<>();

  FaultMix(SeededRandom random, boolean leases) {
    this.leases = leases;
    duel = leases || random.chance(0.5);
    begun = random.pick(duel ? List.of(3, 3, 5) : List.of(1, 2, 3, 3, 3, 4, 5));
    RaftSettings limits = settings(random, duel && !leases ? 3 : 6);
    settings =
        leases ? limits.withLeaseNanos(DriftingClocks.lease(limits.electionTicks())) : limits;
    inOrder = random.pick(List.of(0.0, 0.5, 0.9, 1.0));
    torn = random.pick(List.of(0.0, 0.5, 1.0));
    networkMax = random.pick(List.of(25, 60, 150));
    alike = duel ? 0.95 : random.pick(List.of(0.5, 0.9, 1.0));
    slow = !leases && random.chance(duel ? 0.8 : 0.5) ? random.below(begun) : -1;
    for (Kind kind : Kind.values()) {
      int weight = leases ? kind.withLeases : duel ? kind.inDuel : often(random, kind);
      if (weight > 0) {
        weights.put(kind, weight);
      }
    }
  }

  private static RaftSettings settings(SeededRandom random, int elections) {
    return new RaftSettings(
        3 + random.below(elections),
        1 + random.below(2),
        random.pick(List.of(1, 60, 1 << 20)),
        random.pick(List.of(1, 2, 256)),
        random.pick(List.of(1L, 100L, 1L << 20)),
        random.pick(List.of(1L, 100L, 1L << 20)));
  }

  private static int often(SeededRandom random, Kind kind) {
    boolean always = kind.weight >= 32 || kind == Kind.MEND || kind == Kind.RESTART;
    if (!always && random.chance(0.4)) {
      return 0;
    }
    boolean clock = kind == Kind.TICK || kind == Kind.DELIVER;
    int quarters = random.pick(clock ? List.of(2, 4, 4, 8) : List.of(1, 4, 4, 16));
    return Math.max(1, kind.weight * quarters / 4);
  }

  Kind draw(SeededRandom random) {
    int left = random.below(weights.values().stream().mapToInt(Integer::intValue).sum());
    for (var weight : weights.entrySet()) {
      left -= weight.getValue();
      if (left < 0) {
        return weight.getKey();
      }
    }
    throw new IllegalStateException();
  }

  @Override
  public String toString() {
    return (duel ? "duel " : "")
        + (leases ? "leases " : "")
        + begun
        + " nodes, "
        + settings
        + " "
        + weights;
  }
}
