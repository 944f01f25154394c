// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.client.Result;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.SimulatedCluster;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Queries on the node that leads, while it comes to lead no more; in simulated time. */
final class ReadsOutliveLeadersTest {
  private static final int NODES = 3;
  private static final int ROWS = 3_000;

  /** Runs {@code test} on the node that leads, which has a table of {@link #ROWS} rows. */
  private static void play(BiConsumer<SimulatedCluster, Client> test) {
    SimulatedCluster.run(
        5,
        NODES,
        cluster -> {
          int leader = cluster.leader();
          cluster.call(
              leader,
              client -> {
                client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
                client.execute("INSERT INTO t SELECT * FROM generate_series(1, " + ROWS + ")");
                test.accept(cluster, client);
                return null;
              });
        });
  }

  /** Another node comes to lead, and deletes what there is. */
  private static void lose(SimulatedCluster cluster) {
    int leader = cluster.leader();
    cluster.partition(leader);
    cluster.call(leader % NODES + 1, client -> client.execute("DELETE FROM t"));
    cluster.heal();
  }

  private static int count(Result rows) {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  @Test
  void rowsThatAreBeingReadAreReadToTheEnd() {
    play((cluster, client) -> {
      try (Result rows = client.query("SELECT id FROM t")) {
        assertThat(rows.next()).isTrue();
        lose(cluster);
        assertThat(count(rows)).isEqualTo(ROWS - 1);
      }
    });
  }

  @Test
  void aQueryOfWhichNothingWasReadIsRunAgain() {
    play((cluster, client) -> {
      try (Result rows = client.query("SELECT id FROM t")) {
        lose(cluster);
        assertThat(count(rows)).as("as the next leader has it").isZero();
      }
    });
  }

  @Test
  void aBlockReadsOnAtItsSnapshotOnceItHasReadAnything() {
    play((cluster, client) ->
        client.transaction(
            IsolationLevel.REPEATABLE_READ,
            tx -> {
              assertThat(tx.queryValue("SELECT count(*) FROM t", Long.class)).isEqualTo(ROWS);
              lose(cluster);
              assertThat(tx.queryValue("SELECT count(*) FROM t", Long.class)).isEqualTo(ROWS);
            }));
  }

  @Test
  void aBlockThatHasLocksLosesThem() {
    play((cluster, client) -> {
      try (Session session = client.newSession()) {
        session.execute("BEGIN");
        session.execute("UPDATE t SET id = -id WHERE id = 1");
        lose(cluster);
        DistDbException refused =
            catchThrowableOfType(DistDbException.class, () -> session.execute("COMMIT"));
        assertThat(refused.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
      }
    });
  }
}
