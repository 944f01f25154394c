// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.grpc.VersionRange;
import io.distdb.node.wiring.Build;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Nodes of two builds in one cluster, replaced one by one. The newer one has a format that the
 * older one cannot read: rows that say 2. Red when a node of the older build ever meets such a row.
 */
final class RollingUpgradeTest {
  private static final Build OLDER = new Build(1, new VersionRange(1, 1));
  private static final Build NEWER = new Build(2, new VersionRange(1, 2));
  private static final int NODES = 3;
  private static final long PATIENCE_MILLIS = 30_000;

  /** One upgrade: which build runs where, and what became of the rows. */
  private static final class Upgrade {
    private final SimulatedCluster cluster;
    private final Build[] builds = new Build[NODES + 1];
    private final IntPredicate writesNewer;
    private final List<String> unread = new ArrayList<>();
    private long rows;

    /**
     * @param writesNewer whether a node of the newer build uses the newer format
     */
    Upgrade(SimulatedCluster cluster, IntPredicate writesNewer) {
      this.cluster = cluster;
      this.writesNewer = writesNewer;
      Arrays.fill(builds, OLDER);
      cluster.call(client ->
          client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, format INTEGER NOT NULL)"));
    }

    void replace(int number, Build build) {
      cluster.kill(number);
      cluster.install(number, build);
      builds[number] = build;
      cluster.restart(number);
    }

    /** Every node writes, then every node reads. */
    void work() {
      for (int writer = 1; writer <= NODES; writer++) {
        int format = builds[writer] == NEWER && writesNewer.test(writer) ? 2 : 1;
        long id = ++rows;
        cluster.call(writer, client -> client.execute("INSERT INTO t VALUES ($1, $2)", id, format));
      }
      for (int reader = 1; reader <= NODES; reader++) {
        if (newest(reader) > builds[reader].cluster()) {
          unread.add("node-" + reader + " cannot read what is there");
        }
      }
    }

    int newest(int reader) {
      return cluster.call(
          reader, client -> client.queryValue("SELECT max(format) FROM t", Integer.class));
    }

    void upgradeAll() {
      work();
      for (int number = 1; number <= NODES; number++) {
        replace(number, NEWER);
        work();
        cluster.sleepMillis(5_000);
        work();
      }
    }

    void awaitVersion(int version) {
      long end = cluster.nowMillis() + PATIENCE_MILLIS;
      for (int number = 1; number <= NODES; number++) {
        while (cluster.clusterVersion(number).orElse(0) != version) {
          assertThat(cluster.nowMillis())
              .as("node-%s, version %s", number, version)
              .isLessThan(end);
          cluster.sleepMillis(100);
        }
      }
    }
  }

  private static Upgrade gated(SimulatedCluster cluster) {
    return new Upgrade(cluster, writer -> cluster.clusterVersion(writer).orElse(0) >= 2);
  }

  @Test
  void theNewerFormatIsUsedOnceAllKnowIt() {
    SimulatedCluster.run(
        51,
        NODES,
        cluster -> {
          Upgrade upgrade = gated(cluster);
          upgrade.work();
          for (int number = 1; number < NODES; number++) {
            upgrade.replace(number, NEWER);
            cluster.sleepMillis(PATIENCE_MILLIS);
            upgrade.work();
            assertThat(cluster.clusterVersion(number)).hasValue(1);
          }
          assertThat(upgrade.newest(1)).isEqualTo(1);
          upgrade.replace(NODES, NEWER);
          upgrade.awaitVersion(2);
          upgrade.work();
          assertThat(upgrade.newest(1)).isEqualTo(2);
          assertThat(upgrade.unread).isEmpty();
        });
  }

  /** What this test is for: who looks at its own build alone is caught. */
  @Test
  void whoDoesNotAskTheGateIsFound() {
    SimulatedCluster.run(
        52,
        NODES,
        cluster -> {
          Upgrade upgrade = new Upgrade(cluster, writer -> true);
          upgrade.upgradeAll();
          assertThat(upgrade.unread).isNotEmpty();
        });
  }

  @Test
  void whoIsTooOldIsRefusedByNameAndTheOthersGoOn() {
    try (NodeLines lines = new NodeLines("io.distdb.node.cluster")) {
      SimulatedCluster.run(
          53,
          NODES,
          cluster -> {
            Upgrade upgrade = gated(cluster);
            upgrade.upgradeAll();
            upgrade.awaitVersion(2);
            assertThat(upgrade.unread).isEmpty();
            lines.said(Level.WARN);

            cluster.kill(3);
            cluster.install(3, OLDER);
            assertThatThrownBy(() -> cluster.restart(3))
                .isInstanceOfSatisfying(
                    DistDbException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT))
                .hasMessage("the cluster is at version 2, but this DistDB knows versions up to 1");
            cluster.sleepMillis(1_000);
            assertThat(lines.said(Level.WARN))
                .filteredOn(
                    ("node node-3 is refused: it knows cluster versions up to 1, and the cluster"
                            + " is at 2")
                        ::equals)
                .hasSize(2);
            cluster.call(1, client -> client.execute("INSERT INTO t VALUES (0, 2)"));

            cluster.install(3, NEWER);
            cluster.restart(3);
            upgrade.work();
            assertThat(upgrade.unread).isEmpty();
          });
    }
  }
}
