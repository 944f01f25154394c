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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many messages the nodes of a group exchange for what they do. */
class TrafficTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  private static int of(Map<Class<?>, Integer> sent, Class<? extends Message> kind) {
    return sent.getOrDefault(kind, 0);
  }

  @Test
  void aCommitIsSaidAcknowledgedAndToldOnceToEachFollower() {
    try (HostedCluster cluster = new HostedCluster(1)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        cluster.write(leader, 0, 0);
        cluster.world.sleep(50 * MILLI);
        cluster.traffic.clear();
        int commits = 100;
        for (int i = 0; i < commits; i++) {
          cluster.write(leader, 0, i);
        }
        cluster.world.sleep(50 * MILLI);
        Map<Class<?>, Integer> sent = cluster.traffic;
        // A heartbeat that meets a commit under way may ask once more.
        int most = 2 * commits + 20;
        assertThat(of(sent, Message.Append.class)).isLessThan(most);
        assertThat(of(sent, Message.Appended.class)).isLessThan(most);
        assertThat(of(sent, Message.Committed.class)).isLessThan(most);
      });
    }
  }

  @Test
  void underLoadACommitIsToldByTheNextEntries() {
    try (HostedCluster cluster = new HostedCluster(4)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        cluster.world.sleep(50 * MILLI);
        cluster.traffic.clear();
        ReplicatedGroup group = cluster.group(leader);
        int commits = 100;
        cluster.run(
            leader,
            () -> {
              for (int i = 0; i < commits; i++) {
                group.propose(
                    group.leadingTerm(), new RegistersMachine.Change(0, Optional.empty(), i));
              }
            });
        assertThat(of(cluster.traffic, Message.Committed.class)).isLessThan(commits / 10);
        cluster.await(
            "all have applied what is committed without more to say",
            () ->
                THREE.stream()
                    .allMatch(node ->
                        cluster.group(node).committed().equals(cluster.group(leader).committed())));
        assertThat(of(cluster.traffic, Message.Committed.class)).isPositive();
      });
    }
  }

  @Test
  void readsOfOneTurnShareARound() {
    try (HostedCluster cluster = new HostedCluster(2)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        ReplicatedGroup group = cluster.group(leader);
        cluster.world.sleep(50 * MILLI);
        cluster.traffic.clear();
        int readers = 64;
        List<Runnable> reads = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
          reads.add(() -> group.confirmRead(group.leadingTerm()));
        }
        cluster.together(leader, reads);
        assertThat(of(cluster.traffic, Message.Heartbeat.class)).isLessThan(readers);
      });
    }
  }

  @Test
  void proposalsOfManyCallersShareMessages() {
    try (HostedCluster cluster = new HostedCluster(3)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        ReplicatedGroup group = cluster.group(leader);
        cluster.world.sleep(50 * MILLI);
        cluster.traffic.clear();
        int writers = 64;
        List<Runnable> writes = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          long value = i;
          writes.add(() ->
              group.propose(
                  group.leadingTerm(), new RegistersMachine.Change(0, Optional.empty(), value)));
        }
        cluster.together(leader, writes);
        assertThat(of(cluster.traffic, Message.Append.class)).isLessThan(writers);
      });
    }
  }
}
