// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.raft.host.RegistersMachine.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who waits for the leader's disk only is answered by it, and may lose what it was answered. */
class LocalCommitTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  private static Object locally(HostedCluster cluster, NodeId node, long value) {
    ReplicatedGroup group = cluster.group(node);
    return cluster.on(
        node,
        () -> group.proposeLocally(group.leadingTerm(), new Change(0, Optional.empty(), value)));
  }

  @Test
  void itIsAnsweredWithoutAQuorumAndAppliedWithOne() {
    try (HostedCluster cluster = new HostedCluster(1)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        List<NodeId> others = THREE.stream().filter(node -> !node.equals(leader)).toList();
        cluster.network.partition(List.of(leader), others);
        assertThat(locally(cluster, leader, 5)).isSameAs(ConsensusGroup.FORCED);
        assertThat(cluster.life(leader).machine().value(0)).as("no quorum has it").isZero();
        cluster.network.heal();
        cluster.await("it is applied", () -> cluster.life(leader).machine().value(0) == 5);
      });
    }
  }

  @Test
  void anotherLeaderMayLeadWithoutIt() {
    try (HostedCluster cluster = new HostedCluster(2)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        List<NodeId> others = THREE.stream().filter(node -> !node.equals(leader)).toList();
        cluster.network.partition(List.of(leader), others);
        assertThat(locally(cluster, leader, 5)).isSameAs(ConsensusGroup.FORCED);
        cluster.await(
            "another one leads",
            () -> others.stream().anyMatch(node -> cluster.group(node).leadingTerm() > 0));
        cluster.network.heal();
        NodeId next =
            others.stream()
                .filter(node -> cluster.group(node).leadingTerm() > 0)
                .findFirst()
                .orElseThrow();
        cluster.write(next, 1, 6);
        cluster.await("all agree", () -> cluster.life(leader).machine().value(1) == 6);
        assertThat(cluster.life(leader).machine().value(0)).isZero();
      });
    }
  }

  @Test
  void aloneItIsAQuorum() {
    try (HostedCluster cluster = new HostedCluster(3)) {
      cluster.world.run(() -> {
        List<NodeId> one = ids("n1");
        cluster.start(one.getFirst(), one);
        cluster.leader();
        locally(cluster, one.getFirst(), 5);
        cluster.world.sleep(10 * MILLI);
        assertThat(cluster.life(one.getFirst()).machine().value(0)).isEqualTo(5);
      });
    }
  }
}
