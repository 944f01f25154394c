// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.transport.Envelope;
import io.distdb.raft.core.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sixty-four groups of three nodes, over one journal each. */
class ManyGroupsTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");
  private static final int GROUPS = 64;

  private static HostedCluster.Life group(HostedCluster cluster, NodeId node, int shard) {
    return cluster.life(node).others().get(shard);
  }

  private static Optional<NodeId> leader(HostedCluster cluster, List<NodeId> among, int shard) {
    return among.stream()
        .filter(node -> group(cluster, node, shard).group().leadingTerm() > 0)
        .findFirst();
  }

  private static void awaitLeaders(HostedCluster cluster, List<NodeId> among) {
    for (int shard = 0; shard < GROUPS; shard++) {
      int each = shard;
      cluster.await("shard " + shard + " is led", () -> leader(cluster, among, each).isPresent());
    }
  }

  private static void writeAll(HostedCluster cluster, List<NodeId> among, long value) {
    for (int shard = 0; shard < GROUPS; shard++) {
      NodeId leader = leader(cluster, among, shard).orElseThrow();
      ReplicatedGroup group = group(cluster, leader, shard).group();
      long written = value + shard;
      cluster.run(
          leader,
          () ->
              group.propose(
                  group.leadingTerm(), new RegistersMachine.Change(0, Optional.empty(), written)));
    }
  }

  private static boolean hasAll(HostedCluster cluster, NodeId node, long value) {
    for (int shard = 0; shard < GROUPS; shard++) {
      if (group(cluster, node, shard).machine().value(0) != value + shard) {
        return false;
      }
    }
    return true;
  }

  /** The checkpoints of groups come one by one, so the journal keeps some of each. */
  private static void compactAll(HostedCluster cluster, NodeId node) {
    for (int shard = 0; shard < GROUPS; shard += 2) {
      HostedCluster.Life life = group(cluster, node, shard);
      cluster.run(node, () -> life.group().compact(life.machine().checkpoint()));
    }
  }

  @Test
  void eachKeepsItsOwnLogThroughCrashesAndPurges() {
    try (HostedCluster cluster = new HostedCluster(1, SnapshotLimits.DEFAULT, GROUPS)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        awaitLeaders(cluster, THREE);
        writeAll(cluster, THREE, 1_000);
        NodeId away = leader(cluster, THREE, 0).orElseThrow();
        List<NodeId> others = THREE.stream().filter(node -> !node.equals(away)).toList();
        cluster.crash(away);
        awaitLeaders(cluster, others);
        writeAll(cluster, others, 2_000);
        others.forEach(node -> compactAll(cluster, node));
        writeAll(cluster, others, 3_000);
        cluster.start(away, THREE);
        cluster.await("who was away has all", () -> hasAll(cluster, away, 3_000));
        for (NodeId node : THREE) {
          cluster.crash(node);
          cluster.start(node, THREE);
        }
        awaitLeaders(cluster, THREE);
        writeAll(cluster, THREE, 4_000);
        THREE.forEach(node -> cluster.await("all agree", () -> hasAll(cluster, node, 4_000)));
      });
    }
  }

  /** Long enough for all that is said at the beginning, and for groups to fall asleep. */
  private static void calm(HostedCluster cluster) {
    cluster.world.sleep(2_500 * MILLI);
    cluster.traffic.clear();
  }

  private static int sent(HostedCluster cluster, Class<?> kind) {
    return cluster.traffic.getOrDefault(kind, 0);
  }

  @Test
  void idleGroupsSayNothingAndTheirNodesAWordNowAndThen() {
    try (HostedCluster cluster = new HostedCluster(2, SnapshotLimits.DEFAULT, GROUPS)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        awaitLeaders(cluster, THREE);
        writeAll(cluster, THREE, 1_000);
        calm(cluster);
        int ticks = 100;
        cluster.world.sleep(ticks * 10 * MILLI);
        int envelopes = sent(cluster, Envelope.class);
        assertThat(sent(cluster, Message.class)).isZero();
        assertThat(sent(cluster, Envelope.Lane.class)).isEqualTo(envelopes);
        // One in four ticks at most from each node to each other one.
        assertThat(envelopes).isBetween(2 * (ticks / 4 - 2), 6 * (ticks / 4 + 2));
        writeAll(cluster, THREE, 2_000);
        THREE.forEach(node -> cluster.await("all agree", () -> hasAll(cluster, node, 2_000)));
      });
    }
  }

  @Test
  void groupsThatLackAMemberShareOneStreamOfHeartbeats() {
    try (HostedCluster cluster = new HostedCluster(2, SnapshotLimits.DEFAULT, GROUPS)) {
      cluster.world.run(() -> {
        List<NodeId> two = THREE.subList(0, 2);
        two.forEach(node -> cluster.start(node, THREE));
        awaitLeaders(cluster, two);
        calm(cluster);
        int ticks = 100;
        cluster.world.sleep(ticks * 10 * MILLI);
        int envelopes = sent(cluster, Envelope.class);
        assertThat(sent(cluster, Envelope.Lane.class)).isEqualTo(envelopes);
        assertThat(sent(cluster, Message.Heartbeat.class)).isGreaterThan(GROUPS * ticks / 2);
        // A heartbeat and an answer in a tick at most, between each two nodes, both ways.
        assertThat(envelopes).isLessThanOrEqualTo(2 * 4 * (ticks + 2));
      });
    }
  }

  /** No connection breaks: that nothing is heard of the node is all that they know. */
  @Test
  void sleepingGroupsNoticeThatALeaderIsCutOffAndSoDoesIt() {
    try (HostedCluster cluster = new HostedCluster(3, SnapshotLimits.DEFAULT, GROUPS)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        awaitLeaders(cluster, THREE);
        writeAll(cluster, THREE, 1_000);
        NodeId away = leader(cluster, THREE, 0).orElseThrow();
        List<NodeId> others = THREE.stream().filter(node -> !node.equals(away)).toList();
        calm(cluster);
        cluster.network.partition(List.of(away), others);
        long from = cluster.world.nowNanos();
        awaitLeaders(cluster, others);
        assertThat(cluster.world.nowNanos() - from).isLessThan(1_000 * MILLI);
        cluster.await("who is cut off leads nothing", () -> leadsNothing(cluster, away));
        writeAll(cluster, others, 2_000);
        cluster.network.heal();
        cluster.await("who was away has all", () -> hasAll(cluster, away, 2_000));
      });
    }
  }

  private static boolean leadsNothing(HostedCluster cluster, NodeId node) {
    for (int shard = 0; shard < GROUPS; shard++) {
      if (group(cluster, node, shard).group().leadingTerm() > 0) {
        return false;
      }
    }
    return true;
  }
}
