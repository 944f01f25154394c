// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.raft.core.Message;
import io.distdb.testkit.transport.NetworkFaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups whose leader goes, or seems to; ticks of 10 ms, time-outs of 10 to 20 ticks. */
class LostLeaderTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");
  private static final List<NodeId> FIVE = ids("n1", "n2", "n3", "n4", "n5");
  private static final int SEEDS = 20;

  private static int of(Map<Class<?>, Integer> sent, Class<? extends Message> kind) {
    return sent.getOrDefault(kind, 0);
  }

  private static void losesItsLeader(HostedCluster cluster, List<NodeId> members) {
    cluster.world.run(() -> {
      members.forEach(node -> cluster.start(node, members));
      NodeId leader = cluster.leader();
      cluster.write(leader, 0, 1);
      cluster.world.sleep(200 * MILLI);
      cluster.traffic.clear();
      long from = cluster.world.nowNanos();
      cluster.crash(leader);
      NodeId next = cluster.leader();
      assertThat(cluster.world.nowNanos() - from).isLessThan(50 * MILLI);
      cluster.write(next, 0, 2);
      // Two followers stood at once if there were more.
      assertThat(of(cluster.traffic, Message.VoteRequest.class)).isLessThan(members.size());
    });
  }

  @Test
  void theOthersAreToldAndOneOfThemLeadsSoon() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (HostedCluster cluster = new HostedCluster(seed)) {
        losesItsLeader(cluster, seed % 2 == 0 ? THREE : FIVE);
      }
    }
  }

  @Test
  void aConnectionThatBreaksTopplesNoLeader() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (HostedCluster cluster = new HostedCluster(seed)) {
        cluster.world.run(() -> {
          THREE.forEach(node -> cluster.start(node, THREE));
          NodeId leader = cluster.leader();
          long term = cluster.group(leader).leadingTerm();
          NodeId follower = THREE.stream().filter(node -> !node.equals(leader)).findFirst().get();
          for (int time = 0; time < 20; time++) {
            cluster.breakConnection(follower, leader);
            cluster.world.sleep(70 * MILLI);
          }
          assertThat(cluster.group(leader).leadingTerm()).isEqualTo(term);
        });
      }
    }
  }

  /** What came meanwhile is read before the time that went by counts. */
  @Test
  void whoStoodStillDoesNotTakeItForTheLeadersSilence() {
    try (HostedCluster cluster = new HostedCluster(3)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        NodeId follower = THREE.stream().filter(node -> !node.equals(leader)).findFirst().get();
        cluster.world.sleep(200 * MILLI);
        cluster.traffic.clear();
        for (int time = 0; time < 10; time++) {
          cluster.pause(follower, 1_000 * MILLI);
          cluster.world.sleep(1_100 * MILLI);
        }
        assertThat(of(cluster.traffic, Message.PreVoteRequest.class)).isZero();
      });
    }
  }

  @Test
  void whoIsNotToldWaitsForTheTimeOut() {
    try (HostedCluster cluster = new HostedCluster(4)) {
      cluster.network.faults(new NetworkFaults(0, 0, 100_000, 300_000, 0, false, 0, 0));
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        cluster.world.sleep(200 * MILLI);
        long from = cluster.world.nowNanos();
        cluster.crash(leader);
        cluster.leader();
        assertThat(cluster.world.nowNanos() - from).isBetween(70 * MILLI, 400 * MILLI);
      });
    }
  }
}
