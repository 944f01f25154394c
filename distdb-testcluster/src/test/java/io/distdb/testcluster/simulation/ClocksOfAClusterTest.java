// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clocks that are off are named by all, once; and the cluster goes on. */
final class ClocksOfAClusterTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long LONG_MILLIS = 60_000;

  private NodeLines lines;

  @BeforeEach
  void listen() {
    lines = new NodeLines("io.distdb.node.cluster.ClockWatch");
  }

  @AfterEach
  void deafen() {
    lines.close();
  }

  /** What was said since the last time. */
  private List<String> said() {
    return lines.said(Level.INFO);
  }

  private static List<String> others(SimulatedCluster cluster, int number) {
    return IntStream.rangeClosed(1, cluster.size())
        .filter(other -> other != number)
        .mapToObj(other -> "node-" + other)
        .toList();
  }

  private static void insert(SimulatedCluster cluster, int node, long id) {
    cluster.call(node, client -> client.execute("INSERT INTO t VALUES ($1)", id));
  }

  private static List<String> clocks(SimulatedCluster cluster, int node) {
    return cluster.call(
        node,
        client ->
            client
                .query(
                    "SELECT node || ' ' || round(clock_ahead_millis / 100000.0) || ' '"
                        + " || clock_agrees FROM distdb.cluster_members ORDER BY node")
                .toList(row -> row.getString(0)));
  }

  @Test
  void aClockThatIsAnHourOffIsNamedOnceByAllAndDoesNotLead() {
    SimulatedCluster.run(
        31,
        3,
        cluster -> {
          cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
          cluster.sleepMillis(LONG_MILLIS);
          assertThat(said()).isEmpty();

          int off = cluster.leader();
          String name = "node-" + off;
          List<String> others = others(cluster, off);
          cluster.moveClock(off, HOUR);
          insert(cluster, off, 1);
          cluster.sleepMillis(LONG_MILLIS);
          insert(cluster, off, 2);
          assertThat(cluster.leader()).isNotEqualTo(off);
          List<String> said = said();
          assertThat(said).hasSize(6);
          for (String other : others) {
            assertThat(said)
                .anyMatch(line ->
                    line.startsWith("the clock of node " + name + " is 3")
                        && line.contains("s ahead of that of this node, " + other + ";")
                        && line.endsWith("clock_offset_limit is 10.000 s"))
                .anyMatch(line ->
                    line.startsWith("the clock of node " + other + " is 3")
                        && line.contains("s behind that of this node, " + name + ";"));
          }
          assertThat(said)
              .anyMatch(line ->
                  line.startsWith(
                      "the clock of this node, "
                          + name
                          + ", is off: the clocks of nodes "
                          + String.join(", ", others)
                          + " agree"))
              .anyMatch(line -> line.startsWith("node " + name + " leads no more"));
          assertThat(clocks(cluster, off % 3 + 1)).contains(name + " 36 false");
          assertThat(clocks(cluster, off)).contains(name + " 0 false");

          cluster.moveClock(off, HOUR.negated());
          cluster.sleepMillis(LONG_MILLIS);
          assertThat(said())
              .hasSize(5)
              .allMatch(line -> line.endsWith(" again"))
              .contains("the clock of this node, " + name + ", agrees with most others again");
          assertThat(clocks(cluster, off % 3 + 1)).contains(name + " 0 true");
          insert(cluster, off, 3);
        });
  }

  @Test
  void whereAllDifferNobodyIsToGo() {
    SimulatedCluster.run(
        32,
        3,
        cluster -> {
          cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
          int leader = cluster.leader();
          cluster.moveClock(leader, HOUR);
          cluster.moveClock(leader % 3 + 1, HOUR.negated());
          cluster.sleepMillis(LONG_MILLIS);
          assertThat(said()).hasSize(6).allMatch(line -> line.contains("clock_offset_limit"));
          assertThat(cluster.leader()).isEqualTo(leader);
          insert(cluster, leader, 1);
        });
  }

  @Test
  void slowMessagesAndPausesAreNoWrongClocks() {
    SimulatedCluster.run(
        33,
        3,
        cluster -> {
          for (int round = 0; round < 20; round++) {
            cluster.pauseMillis(round % 3 + 1, 700);
            cluster.sleepMillis(3_000);
          }
          assertThat(said()).isEmpty();
        });
  }
}
