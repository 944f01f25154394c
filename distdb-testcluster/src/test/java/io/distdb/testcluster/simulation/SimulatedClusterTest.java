// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole nodes in simulated time, as a user of the library would test his program. */
final class SimulatedClusterTest {
  private static final int NODES = 3;

  private static List<Long> ids(Client client) {
    return client.query("SELECT id FROM t ORDER BY id").toList(row -> row.getLong(0));
  }

  private static long insert(SimulatedCluster cluster, int node, long id) {
    return cluster.call(node, client -> client.execute("INSERT INTO t VALUES ($1)", id));
  }

  private static void create(SimulatedCluster cluster) {
    cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
  }

  private static void liveThroughADeath(SimulatedCluster cluster) {
    create(cluster);
    for (int node = 1; node <= NODES; node++) {
      insert(cluster, node, node);
    }
    int dead = cluster.leader();
    cluster.kill(dead);
    assertThatThrownBy(() -> insert(cluster, dead, 4)).hasMessageContaining("is down");
    insert(cluster, dead % NODES + 1, 4);
    cluster.restart(dead);
    assertThat(cluster.<List<Long>>call(dead, SimulatedClusterTest::ids))
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aDeathIsSurvivedInTheSameWayEachTime() {
    long first = SimulatedCluster.run(7, NODES, SimulatedClusterTest::liveThroughADeath);
    assertThat(SimulatedCluster.run(7, NODES, SimulatedClusterTest::liveThroughADeath))
        .isEqualTo(first);
  }

  @Test
  void anHourPassesInAMoment() {
    SimulatedCluster.run(
        3,
        NODES,
        cluster -> {
          create(cluster);
          int apart = cluster.leader();
          cluster.partition(apart);
          insert(cluster, apart % NODES + 1, 1);
          cluster.sleepMillis(Duration.ofMinutes(10).toMillis());
          cluster.heal();
          cluster.moveClock(apart, Duration.ofSeconds(-5));
          assertThat(cluster.<List<Long>>call(apart, SimulatedClusterTest::ids))
              .containsExactly(1L);
          assertThat(cluster.nowMillis()).isGreaterThan(Duration.ofMinutes(10).toMillis());
        });
  }

  @Test
  void whoWaitsInANodeThatIsKilledIsTold() {
    SimulatedCluster.run(
        11,
        NODES,
        cluster -> {
          create(cluster);
          int doomed = cluster.leader() % NODES + 1;
          cluster.partition(doomed);
          Scheduler.Task told =
              cluster
                  .scheduler()
                  .start(
                      "writer",
                      () ->
                          assertThatThrownBy(() -> insert(cluster, doomed, 1))
                              .isInstanceOfSatisfying(
                                  DistDbException.class,
                                  error ->
                                      assertThat(error.code())
                                          .isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN)));
          cluster.sleepMillis(100);
          cluster.kill(doomed);
          told.join();
        });
  }
}
