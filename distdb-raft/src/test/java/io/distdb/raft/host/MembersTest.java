// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.id;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members come, vote, lead and go, through the port. */
class MembersTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  private static void three(HostedCluster cluster) {
    THREE.forEach(node -> cluster.start(node, THREE));
  }

  private static NodeId other(NodeId node) {
    return THREE.stream().filter(each -> !each.equals(node)).findFirst().orElseThrow();
  }

  private static DistDbException refusal(HostedCluster cluster, NodeId node, MemberChange change) {
    return refusal(cluster, node, () -> cluster.group(node).change(change));
  }

  private static DistDbException refusal(HostedCluster cluster, NodeId node, Runnable work) {
    return catchThrowableOfType(DistDbException.class, () -> cluster.run(node, work));
  }

  private static GroupStatus.Peer peer(GroupStatus status, String name) {
    return status.peers().stream()
        .filter(each -> each.node().equals(id(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSoleFounderTakesTwoOthersIn() {
    try (HostedCluster cluster = new HostedCluster(1)) {
      cluster.world.run(() -> {
        NodeId first = id("n1");
        cluster.start(first, List.of());
        cluster.start(id("n2"), List.of());
        cluster.start(id("n3"), List.of());
        cluster.world.sleep(5_000 * MILLI);
        assertThat(cluster.group(first).leader()).as("an empty node leads nobody").isEmpty();

        cluster.run(first, () -> cluster.group(first).begin(List.of(first)));
        assertThat(cluster.leader()).isEqualTo(first);
        for (String joins : List.of("n2", "n3")) {
          cluster.run(first, () -> cluster.group(first).change(new MemberChange.Add(id(joins))));
          cluster.await(
              joins + " has the log",
              () -> peer(cluster.status(first), joins).match().orElse(0) > 0);
          assertThat(cluster.status(first).learners()).containsExactly(id(joins));
          cluster.run(
              first, () -> cluster.group(first).change(new MemberChange.Promote(id(joins))));
        }
        GroupStatus status = cluster.status(first);
        assertThat(status.voters()).isEqualTo(THREE);
        assertThat(status.learners()).isEmpty();
        assertThat(status.outgoing()).isEmpty();
        assertThat(status.leads()).isTrue();
        assertThat(status.peers()).allMatch(GroupStatus.Peer::answers);

        cluster.write(first, 0, 7);
        cluster.crash(first);
        NodeId next = cluster.leader();
        assertThat(next).isNotEqualTo(first);
        cluster.run(next, () -> cluster.group(next).confirmRead(cluster.group(next).leadingTerm()));
        assertThat(cluster.life(next).machine().value(0)).isEqualTo(7);
      });
    }
  }

  @Test
  void whatWasBegunIsNotBegunAnew() {
    try (HostedCluster cluster = new HostedCluster(2)) {
      cluster.world.run(() -> {
        NodeId first = id("n1");
        cluster.start(first, List.of());
        cluster.run(first, () -> cluster.group(first).begin(List.of(first)));
        cluster.run(first, () -> cluster.group(first).begin(List.of(first)));
        cluster.leader();
        DistDbException refusal =
            refusal(cluster, first, () -> cluster.group(first).begin(ids("n2")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
        cluster.crash(first);
        cluster.start(first, List.of());
        assertThat(cluster.leader()).as("its disk says who it is").isEqualTo(first);
      });
    }
  }

  @Test
  void aSoleVoterThatComesBackLeadsAtOnce() {
    try (HostedCluster cluster = new HostedCluster(3)) {
      cluster.world.run(() -> {
        NodeId first = id("n1");
        cluster.start(first, List.of(first));
        cluster.leader();
        cluster.crash(first);
        cluster.start(first, List.of(first));
        long before = cluster.world.nowNanos();
        cluster.leader();
        assertThat(cluster.world.nowNanos() - before).isLessThan(50 * MILLI);
      });
    }
  }

  @Test
  void leadershipIsHandedOverToWhoIsNamed() {
    try (HostedCluster cluster = new HostedCluster(4)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        NodeId next = other(leader);
        cluster.run(leader, () -> cluster.group(leader).transfer(leader));
        cluster.run(leader, () -> cluster.group(leader).transfer(next));
        assertThat(cluster.group(leader).leader()).contains(next);
        assertThat(cluster.leader()).isEqualTo(next);
        DistDbException refusal =
            refusal(cluster, leader, () -> cluster.group(leader).transfer(next));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(refusal).hasMessageContaining("node " + next + " leads");
      });
    }
  }

  @Test
  void whoDoesNotAnswerCannotBeHandedTheLeadership() {
    try (HostedCluster cluster = new HostedCluster(5)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        NodeId gone = other(leader);
        cluster.crash(gone);
        cluster.write(leader, 0, 1);
        DistDbException refusal =
            refusal(cluster, leader, () -> cluster.group(leader).transfer(gone));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(refusal).hasMessageContaining("node " + gone + " did not begin to lead");
        cluster.write(leader, 0, 2);
        DistDbException stranger =
            refusal(cluster, leader, () -> cluster.group(leader).transfer(id("n9")));
        assertThat(stranger.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
      });
    }
  }

  @Test
  void aLeaderRemovesItselfAndAnotherLeads() {
    try (HostedCluster cluster = new HostedCluster(6)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        cluster.run(leader, () -> cluster.group(leader).change(new MemberChange.Remove(leader)));
        NodeId next = cluster.leader();
        assertThat(next).isNotEqualTo(leader);
        assertThat(cluster.status(next).voters()).hasSize(2).doesNotContain(leader);
        cluster.run(next, () -> cluster.group(next).change(new MemberChange.Remove(leader)));
      });
    }
  }

  @Test
  void aLearnerTakesAVotersPlaceInOneStep() {
    try (HostedCluster cluster = new HostedCluster(7)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        NodeId gone = other(leader);
        cluster.crash(gone);
        cluster.start(id("n4"), List.of());
        assertThat(refusal(cluster, leader, new MemberChange.Replace(gone, id("n4"))).code())
            .isEqualTo(ErrorCode.UNDEFINED_OBJECT);
        cluster.run(leader, () -> cluster.group(leader).change(new MemberChange.Add(id("n4"))));
        cluster.await(
            "n4 has the log", () -> peer(cluster.status(leader), "n4").match().orElse(0) > 0);
        cluster.run(
            leader, () -> cluster.group(leader).change(new MemberChange.Replace(gone, id("n4"))));
        assertThat(cluster.status(leader).voters())
            .hasSize(3)
            .contains(id("n4"))
            .doesNotContain(gone);
      });
    }
  }

  @Test
  void votersThatCouldDecideNothingAreRefused() {
    try (HostedCluster cluster = new HostedCluster(8)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        NodeId gone = other(leader);
        NodeId third =
            THREE.stream()
                .filter(each -> !each.equals(leader) && !each.equals(gone))
                .toList()
                .get(0);
        cluster.crash(gone);
        cluster.world.sleep(5_000 * MILLI);
        DistDbException refusal = refusal(cluster, leader, new MemberChange.Remove(third));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
        assertThat(refusal).hasMessageContaining("node " + gone + " does not answer");

        cluster.run(leader, () -> cluster.group(leader).change(new MemberChange.Add(id("n4"))));
        DistDbException silent = refusal(cluster, leader, new MemberChange.Promote(id("n4")));
        assertThat(silent).hasMessageContaining("node n4 does not answer");
        assertThat(peer(cluster.status(leader), "n4").heardNanosAgo()).isEmpty();
      });
    }
  }

  @Test
  void whoLacksMuchOfTheLogDoesNotVoteYet() {
    try (HostedCluster cluster = new HostedCluster(9)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        cluster.start(id("n4"), List.of());
        cluster.run(leader, () -> cluster.group(leader).change(new MemberChange.Add(id("n4"))));
        cluster.await("n4 is heard", () -> peer(cluster.status(leader), "n4").answers());
        cluster.network.block(leader, id("n4"));
        for (int i = 0; i <= Stewardship.LAG_MAX; i++) {
          cluster.write(leader, 0, i);
        }
        DistDbException refusal = refusal(cluster, leader, new MemberChange.Promote(id("n4")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
        assertThat(refusal).hasMessageContaining("node n4 lacks ");
      });
    }
  }

  @Test
  void aLostQuorumNamesWhoDoesNotAnswer() {
    try (HostedCluster cluster = new HostedCluster(10)) {
      cluster.world.run(() -> {
        three(cluster);
        NodeId leader = cluster.leader();
        List<NodeId> others = THREE.stream().filter(each -> !each.equals(leader)).toList();
        assertThat(cluster.group(leader).silent()).isEmpty();
        others.forEach(cluster::crash);
        cluster.await(
            "nobody leads and nobody answers", () -> cluster.group(leader).silent().equals(others));
        DistDbException refusal =
            refusal(cluster, leader, () -> cluster.group(leader).confirmRead(1));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(refusal)
            .hasMessageContaining(
                "nodes " + others.get(0) + ", " + others.get(1) + " do not answer");
      });
    }
  }
}
