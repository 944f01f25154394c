// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static io.distdb.raft.host.HostedCluster.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.raft.wire.SnapshotFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that was away for long gets a snapshot, piece by piece, while the others go on. */
class CatchUpTest {
  private static final List<NodeId> THREE = ids("n1", "n2", "n3");

  /** The whole state is 15 pieces, one every 100 ms. */
  private static final SnapshotLimits SLOW =
      new SnapshotLimits(10, 40, 100, 50 * MILLI, 100, 1 << 20);

  /** The leader; one that was away; and the log that it needs is gone. */
  private static NodeId away(HostedCluster cluster, NodeId leader) {
    NodeId away = THREE.stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
    cluster.write(leader, 0, 1);
    cluster.world.sleep(100 * MILLI);
    cluster.crash(away);
    for (int i = 0; i < 50; i++) {
      cluster.write(leader, 1, i);
    }
    cluster.compact(leader);
    cluster.start(away, THREE);
    return away;
  }

  /** Each write goes into a checkpoint at once, and so its entry might go. */
  @Test
  void whatIsSavedMeanwhileTakesNothingFromIt() {
    try (HostedCluster cluster = new HostedCluster(4, SLOW)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        NodeId away = away(cluster, leader);
        cluster.await("a piece was sent", () -> !cluster.pieces.isEmpty());
        int writes = 0;
        while (!isWhole(cluster, leader, away)) {
          cluster.write(leader, 2, writes++);
          cluster.compact(leader);
          cluster.world.sleep(MILLI);
        }
        assertThat(writes).isGreaterThan(100);
        assertThat(cluster.pieces.stream().map(SnapshotFrame.Piece::transfer).distinct())
            .as("snapshots")
            .hasSize(1);
        away(cluster, leader);
        cluster.await("it has everything again", () -> isWhole(cluster, leader, away));
        assertThat(cluster.pieces.stream().map(SnapshotFrame.Piece::transfer).distinct())
            .as("snapshots: what stayed for it went")
            .hasSize(2);
      });
    }
  }

  private static boolean isWhole(HostedCluster cluster, NodeId leader, NodeId away) {
    return cluster
        .life(away)
        .machine()
        .toString()
        .equals(cluster.life(leader).machine().toString());
  }

  @Test
  void theOthersGoOnMeanwhile() {
    try (HostedCluster cluster = new HostedCluster(1, SLOW)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        NodeId away = away(cluster, leader);
        cluster.await("a piece was sent", () -> !cluster.pieces.isEmpty());
        long begun = cluster.world.nowNanos();
        int writes = 0;
        while (!isWhole(cluster, leader, away)) {
          cluster.write(leader, 2, writes++);
          cluster.world.sleep(MILLI);
        }
        long took = cluster.world.nowNanos() - begun;
        assertThat(took).as("it is throttled").isGreaterThan(1_000 * MILLI);
        assertThat(writes).as("writes in %d ns", took).isGreaterThan(100);
        assertThat(cluster.group(leader).leadingTerm()).isPositive();
      });
    }
  }

  @Test
  void whoIsStartedAnewGoesOnWhereItWas() {
    try (HostedCluster cluster = new HostedCluster(2, SLOW)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        NodeId away = away(cluster, leader);
        cluster.await("half of it was sent", () -> cluster.pieces.size() > 7);
        cluster.crash(away);
        cluster.start(away, THREE);
        cluster.await("it has everything", () -> isWhole(cluster, leader, away));
        assertThat(cluster.pieces.stream().filter(piece -> piece.offset() == 0))
            .as("the first piece was sent once")
            .hasSize(1);
      });
    }
  }

  @Test
  void whoHasNoRoomIsAskedSeldom() {
    try (HostedCluster cluster = new HostedCluster(3, SLOW)) {
      cluster.world.run(() -> {
        THREE.forEach(node -> cluster.start(node, THREE));
        NodeId leader = cluster.leader();
        NodeId away = away(cluster, leader);
        cluster.fillDisk(away);
        cluster.world.sleep(4_000 * MILLI);
        long transfers =
            cluster.pieces.stream().map(SnapshotFrame.Piece::transfer).distinct().count();
        assertThat(transfers).isBetween(2L, 12L);
        cluster.freeDisk(away);
        cluster.await("it has everything", () -> isWhole(cluster, leader, away));
      });
    }
  }

  /** Red when who has room for the journal alone takes no part any more, or loses its log. */
  @Test
  void aStateThatHasNoRoomIsInstalledWhenThereIsSome() {
    for (boolean startedAnew : new boolean[] {false, true}) {
      try (HostedCluster cluster = new HostedCluster(4, SLOW)) {
        cluster.world.run(() -> {
          THREE.forEach(node -> cluster.start(node, THREE));
          NodeId leader = cluster.leader();
          NodeId away = away(cluster, leader);
          cluster.saved(away).noRoom(true);
          cluster.await("it was refused", () -> cluster.saved(away).refused() > 1);
          assertThat(cluster.life(away).machine().value(1)).as("of the state").isZero();
          GroupStatus status = cluster.status(away);
          assertThat(status.last().index()).as("what it had").isBetween(2L, 10L);
          assertThat(status.voters()).hasSize(THREE.size());
          if (startedAnew) {
            cluster.crash(away);
            cluster.start(away, THREE);
            assertThat(cluster.life(away).machine().value(1)).as("of the state").isZero();
            assertThat(cluster.status(away).last()).isEqualTo(status.last());
          }
          cluster.write(leader, 3, 7);
          cluster.saved(away).noRoom(false);
          cluster.await("it has everything", () -> isWhole(cluster, leader, away));
          cluster.crash(away);
          cluster.start(away, THREE);
          cluster.write(leader, 3, 8);
          cluster.await("it goes on", () -> isWhole(cluster, leader, away));
        });
      }
    }
  }
}
