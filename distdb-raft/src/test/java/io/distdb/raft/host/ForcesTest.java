// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.raft.core.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often the nodes of a group force, and what they may say before. */
class ForcesTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  /** Of all three. */
  private static List<Integer> forces(HostedCluster cluster) {
    return THREE.stream().map(node -> cluster.promises(node).forces()).toList();
  }

  @Test
  void everyNodeForcesEachEntryBeforeItSaysThatItHasIt() {
    try (HostedCluster cluster = new HostedCluster(1)) {
      cluster.world.run(() -> {
        List<NodeId> acknowledged = new ArrayList<>();
        cluster.beforeSending =
            (from, message) -> {
              if (message instanceof Message.Appended appended) {
                assertThat(cluster.promises(from).forcedIndex())
                    .as("what is on the disk of " + from + ", which says that it has " + appended)
                    .isGreaterThanOrEqualTo(appended.match());
                acknowledged.add(from);
              }
            };
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        cluster.write(leader, 0, 0);
        cluster.world.sleep(50 * MILLI);
        List<Integer> before = forces(cluster);
        int entries = 100;
        for (int i = 0; i < entries; i++) {
          cluster.write(leader, 0, i);
          cluster.world.sleep(10 * MILLI);
        }
        // Each came alone and was answered before the next: a force at every node for each.
        for (int node = 0; node < THREE.size(); node++) {
          assertThat(forces(cluster).get(node) - before.get(node)).isEqualTo(entries);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(2 * entries);
      });
    }
  }

  @Test
  void oneForceIsForAllWhoAskTogether() {
    try (HostedCluster cluster = new HostedCluster(2)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        ReplicatedGroup group = cluster.group(leader);
        cluster.world.sleep(50 * MILLI);
        List<Integer> before = forces(cluster);
        int writers = 64;
        List<Runnable> writes = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          long value = i;
          writes.add(() ->
              group.propose(
                  group.leadingTerm(), new RegistersMachine.Change(0, Optional.empty(), value)));
        }
        cluster.together(leader, writes);
        for (int node = 0; node < THREE.size(); node++) {
          assertThat(forces(cluster).get(node) - before.get(node)).isBetween(1, writers / 8);
        }
      });
    }
  }
}
