// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.raft.core.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads for which nobody waits, on simulated hosts: what is said, when, and that it is said. */
class CalledBackReadsTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  /** Notes what it is told. */
  private static final class Told implements ReadConfirmation {
    final List<Object> all = new ArrayList<>();

    @Override
    public void confirmed() {
      all.add("confirmed");
    }

    @Override
    public void refused(DistDbException why) {
      all.add(why.code());
    }
  }

  private interface Scenario {
    void run(HostedCluster cluster, NodeId leader, List<NodeId> others);
  }

  private static void withThree(long seed, Scenario scenario) {
    try (HostedCluster cluster = new HostedCluster(seed)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        cluster.write(leader, 0, 1);
        scenario.run(cluster, leader, THREE.stream().filter(each -> !each.equals(leader)).toList());
      });
    }
  }

  private static Told ask(HostedCluster cluster, NodeId node) {
    Told told = new Told();
    ReplicatedGroup group = cluster.group(node);
    cluster.run(node, () -> group.confirmRead(group.leadingTerm(), told));
    return told;
  }

  @Test
  void itWaitsForAQuorumAndTheCallerDoesNot() {
    withThree(
        1,
        (cluster, leader, others) -> {
          cluster.network.partition(List.of(leader), others);
          Told told = ask(cluster, leader);
          cluster.world.sleep(20 * MILLI);
          assertThat(told.all).as("nobody else has answered").isEmpty();
          cluster.network.heal();
          cluster.await("it is told", () -> !told.all.isEmpty());
          cluster.world.sleep(500 * MILLI);
          assertThat(told.all).containsExactly("confirmed");
        });
  }

  @Test
  void whoLosesTheLeadershipRefuses() {
    withThree(
        2,
        (cluster, leader, others) -> {
          cluster.network.partition(List.of(leader), others);
          Told first = ask(cluster, leader);
          Told second = ask(cluster, leader);
          cluster.await("it is told", () -> !first.all.isEmpty() && !second.all.isEmpty());
          cluster.network.heal();
          cluster.world.sleep(500 * MILLI);
          assertThat(first.all).containsExactly(ErrorCode.CANNOT_CONNECT_NOW);
          assertThat(second.all).containsExactly(ErrorCode.CANNOT_CONNECT_NOW);
        });
  }

  @Test
  void whoDoesNotLeadRefuses() {
    withThree(
        3,
        (cluster, leader, others) -> {
          Told told = ask(cluster, others.getFirst());
          cluster.await("it is told", () -> !told.all.isEmpty());
          cluster.world.sleep(500 * MILLI);
          assertThat(told.all).containsExactly(ErrorCode.CANNOT_CONNECT_NOW);
        });
  }

  @Test
  void aGroupThatBeginsAnewForWantOfRoomRefusesWhatWasUnderWay() {
    withThree(
        4,
        (cluster, leader, others) -> {
          cluster.network.partition(List.of(leader), others);
          Told told = ask(cluster, leader);
          cluster.fillDisk(leader);
          assertThat(overfill(cluster, leader)).contains(ErrorCode.DISK_FULL);
          cluster.await("it is told", () -> !told.all.isEmpty());
          cluster.freeDisk(leader);
          cluster.network.heal();
          cluster.leader();
          cluster.world.sleep(500 * MILLI);
          assertThat(told.all).containsExactly(ErrorCode.DISK_FULL);
        });
  }

  /** Writes more at once than fits; what the writers are refused with. */
  private static Set<ErrorCode> overfill(HostedCluster cluster, NodeId leader) {
    Set<ErrorCode> refusals = new HashSet<>();
    ReplicatedGroup group = cluster.group(leader);
    Runnable write =
        () -> {
          try {
            group.propose(group.leadingTerm(), new RegistersMachine.Change(0, Optional.empty(), 2));
          } catch (DistDbException refused) {
            refusals.add(refused.code());
          }
        };
    cluster.together(leader, Collections.nCopies(500, write));
    return refusals;
  }

  @Test
  void whoIsCalledBackMayAskAgain() {
    withThree(
        5,
        (cluster, leader, others) -> {
          List<String> told = new ArrayList<>();
          ReplicatedGroup group = cluster.group(leader);
          long term = group.leadingTerm();
          cluster.run(leader, () -> askAgain(group, term, told));
          cluster.await("all are told", () -> told.size() == 3);
          assertThat(told).containsOnly("confirmed");
        });
  }

  /** Until three are told. */
  private static void askAgain(ReplicatedGroup group, long term, List<String> told) {
    group.confirmRead(
        term,
        new ReadConfirmation() {
          @Override
          public void confirmed() {
            told.add("confirmed");
            if (told.size() < 3) {
              askAgain(group, term, told);
            }
          }

          @Override
          public void refused(DistDbException why) {
            told.add(why.getMessage());
          }
        });
  }

  @Test
  void manyShareARound() {
    withThree(
        6,
        (cluster, leader, others) -> {
          cluster.world.sleep(50 * MILLI);
          cluster.traffic.clear();
          int readers = 64;
          Told told = new Told();
          ReplicatedGroup group = cluster.group(leader);
          cluster.run(
              leader,
              () -> {
                for (int i = 0; i < readers; i++) {
                  group.confirmRead(group.leadingTerm(), told);
                }
              });
          cluster.await("all are told", () -> told.all.size() == readers);
          assertThat(told.all).containsOnly("confirmed");
          assertThat(cluster.traffic.getOrDefault(Message.Heartbeat.class, 0)).isLessThan(readers);
        });
  }
}
