// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.testkit.SeededRandom;
import java.util.HashMap;
import java.util.Map;

/** A clock for each node: none is right, none is wrong by more than is assumed of leases. */
final class DriftingClocks {
  /** The nodes' tick, by their own clocks. */
  static final int TICK = 1_000;

  private static final int DRIFT_PER_MILLE = 30;

  private final SeededRandom random;
  private final Map<NodeId, Integer> rates = new HashMap<>();
  private final Map<NodeId, Long> nextTicks = new HashMap<>();
  private final Map<NodeId, Integer> lives = new HashMap<>();
  private long time;

  DriftingClocks(SeededRandom random) {
    this.random = random;
  }

  /** What a leader may rely on when elections take so many ticks. */
  static long lease(int electionTicks) {
    long waits = (long) (electionTicks - 1) * TICK;
    return Math.max(1, waits * (1_000 - DRIFT_PER_MILLE) / (1_000 + DRIFT_PER_MILLE));
  }

  void goOn(int by) {
    time += by;
  }

  long now(NodeId node) {
    int rate =
        rates.computeIfAbsent(
            node, one -> 1_000 - DRIFT_PER_MILLE + random.below(2 * DRIFT_PER_MILLE + 1));
    return time * rate / 1_000;
  }

  /** A tick is due; a new life begins with one. */
  boolean isDue(CoreNode node) {
    return lives.getOrDefault(node.id, 0) != node.lives
        || now(node.id) >= nextTicks.getOrDefault(node.id, 0L);
  }

  void ticked(CoreNode node) {
    lives.put(node.id, node.lives);
    nextTicks.put(node.id, now(node.id) + TICK);
  }
}
