// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was removed and goes on running hears of it, and so does whoever uses it. */
final class RemovedNodeTest {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final Function<Client, Long> READ =
      client -> client.queryValue("SELECT count(*) FROM t", Long.class);

  private NodeLines lines;

  @BeforeEach
  void listen() {
    lines = new NodeLines("io.distdb.node.cluster");
  }

  @AfterEach
  void deafen() {
    lines.close();
  }

  private static void create(SimulatedCluster cluster) {
    cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
  }

  private static void remove(SimulatedCluster cluster, int by, int number) {
    cluster.call(
        by,
        client ->
            client.queryValue("SELECT distdb.cluster_remove('node-" + number + "')", String.class));
  }

  /** The first refusal that says so. */
  private static DistDbException awaitRefusal(
      SimulatedCluster cluster, int removed, Function<Client, Long> work) {
    long end = cluster.nowMillis() + PATIENCE_MILLIS;
    while (cluster.nowMillis() < end) {
      try {
        cluster.call(removed, work);
      } catch (DistDbException refusal) {
        if (refusal.getMessage().contains("was removed")) {
          return refusal;
        }
      }
      cluster.sleepMillis(100);
    }
    throw new AssertionError("node " + removed + " is not told that it was removed");
  }

  private static void assertTold(SimulatedCluster cluster, int removed) {
    DistDbException refusal = awaitRefusal(cluster, removed, READ);
    assertThat(refusal.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
    assertThat(refusal.getMessage())
        .startsWith("node node-" + removed + " was removed from cluster node-1-");
    assertThat(refusal.hint()).contains("Connect to another node of the cluster.");
    assertThat(
            awaitRefusal(
                    cluster,
                    removed,
                    client -> {
                      try (var session = client.newSession()) {
                        session.execute("SET transaction_read_mode = 'bounded_staleness'");
                        session.execute("SELECT count(*) FROM t");
                        return 0L;
                      }
                    })
                .getMessage())
        .isEqualTo(refusal.getMessage());
  }

  private void assertInBothLogs(SimulatedCluster cluster, int removed) {
    List<String> said = lines.said(Level.WARN);
    assertThat(said)
        .filteredOn(line ->
            line.startsWith("node node-" + removed + " was removed from cluster node-1-")
                && line.contains("and this node serves no more. What it has is of no use any more"))
        .hasSize(1);
    assertThat(said)
        .filteredOn(
            ("node node-"
                    + removed
                    + " was removed from the cluster and goes on running:"
                    + " it is told so")
                ::equals)
        .hasSizeBetween(1, cluster.size() - 1);
  }

  @Test
  void whoRunsIsToldAndServesNoMore() {
    SimulatedCluster.run(
        41,
        3,
        cluster -> {
          create(cluster);
          int leader = cluster.leader();
          int removed = leader % 3 + 1;
          assertThat(cluster.call(removed, READ)).isZero();
          remove(cluster, leader, removed);
          assertTold(cluster, removed);
          cluster.sleepMillis(PATIENCE_MILLIS);
          assertInBothLogs(cluster, removed);
          cluster.call(leader, client -> client.execute("INSERT INTO t VALUES (1)"));
          assertThat(cluster.call(leader, READ)).isEqualTo(1);
        });
  }

  @Test
  void aLeaderIsToldToo() {
    SimulatedCluster.run(
        42,
        3,
        cluster -> {
          create(cluster);
          int removed = cluster.leader();
          remove(cluster, removed, removed);
          assertTold(cluster, removed);
          assertInBothLogs(cluster, removed);
          assertThat(cluster.call(removed % 3 + 1, READ)).isZero();
        });
  }

  @Test
  void whoWasAwayMeanwhileDoesNotStart() {
    SimulatedCluster.run(
        43,
        3,
        cluster -> {
          create(cluster);
          int leader = cluster.leader();
          int removed = leader % 3 + 1;
          cluster.kill(removed);
          remove(cluster, leader, removed);
          cluster.sleepMillis(PATIENCE_MILLIS);
          assertThatThrownBy(() -> cluster.restart(removed))
              .isInstanceOfSatisfying(
                  DistDbException.class,
                  refusal ->
                      assertThat(refusal.code())
                          .isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE))
              .hasMessageStartingWith("node node-" + removed + " was removed from cluster node-1-");
          assertInBothLogs(cluster, removed);
        });
  }

  @Test
  void whoWasCutOffIsToldWhenItIsBackAndWhoOnlyWasIsNot() {
    SimulatedCluster.run(
        44,
        5,
        cluster -> {
          create(cluster);
          int leader = cluster.leader();
          int removed = leader % 5 + 1;
          int other = removed % 5 + 1;
          cluster.partition(removed, other);
          remove(cluster, leader, removed);
          cluster.sleepMillis(PATIENCE_MILLIS);
          assertThat(lines.said(Level.WARN)).noneMatch(line -> line.contains("was removed"));
          cluster.heal();
          assertTold(cluster, removed);
          cluster.sleepMillis(PATIENCE_MILLIS);
          assertInBothLogs(cluster, removed);
          assertThat(cluster.call(other, READ)).isZero();
        });
  }
}
