// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.SimulatedCluster;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Commits under names, on whole nodes in simulated time, while those that lead die. */
final class ExactlyOnceTest {
  private static final int NODES = 3;

  /** From before a commit goes to the node that leads until behind its answer. */
  private static final int MOMENTS = 12;

  private static final String TOKEN = "b1b0c5c4-0000-4000-8000-00000000000";

  private static int other(int node) {
    return node % NODES + 1;
  }

  private static long count(Client client) {
    return client.queryValue("SELECT count(*) FROM t", Long.class);
  }

  private static void create(SimulatedCluster cluster) {
    cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
  }

  /** What became of inserts on a node while the one that leads was killed at other moments. */
  private static final class Inserts {
    private final Set<Integer> done = new HashSet<>();
    private final Set<Integer> unknown = new HashSet<>();

    /**
     * @param named by the server
     */
    void play(SimulatedCluster cluster, boolean named) {
      create(cluster);
      for (int moment = 0; moment < MOMENTS; moment++) {
        int id = moment;
        int leader = cluster.leader();
        Scheduler.Task writer =
            cluster.scheduler().start("writer", () -> insert(cluster, other(leader), id, named));
        cluster.sleepMillis(moment);
        cluster.kill(leader);
        writer.join();
        cluster.restart(leader);
      }
    }

    private void insert(SimulatedCluster cluster, int node, int id, boolean named) {
      cluster.call(
          node,
          client -> {
            try (Session session = client.newSession()) {
              session.execute("SET distdb.commit_tokens = " + (named ? "on" : "off"));
              session.execute("INSERT INTO t VALUES (" + id + ")");
              done.add(id);
            } catch (DistDbException failure) {
              assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
              unknown.add(id);
            }
            return null;
          });
    }
  }

  @Test
  void whatIsCommittedUnderANameIsKnownWhenItsLeaderDies() {
    SimulatedCluster.run(
        3,
        NODES,
        cluster -> {
          Inserts inserts = new Inserts();
          inserts.play(cluster, true);
          assertThat(inserts.unknown).isEmpty();
          assertThat(inserts.done).hasSize(MOMENTS);
          assertThat(cluster.<Long>call(ExactlyOnceTest::count)).isEqualTo(MOMENTS);
        });
  }

  /** The same moments as above: some of them are those that matter. */
  @Test
  void whatIsCommittedWithoutANameMayNotBeKnown() {
    SimulatedCluster.run(
        3,
        NODES,
        cluster -> {
          Inserts inserts = new Inserts();
          inserts.play(cluster, false);
          assertThat(inserts.unknown).isNotEmpty();
        });
  }

  private static void commit(Client client, String token, long id) {
    try (Session session = client.newSession()) {
      session.execute("BEGIN");
      session.execute("INSERT INTO t VALUES (" + id + ")");
      session.execute("SET LOCAL distdb.commit_token = '" + token + "'");
      session.execute("COMMIT");
    }
  }

  private static String status(Client client, String token) {
    return client.queryValue("SELECT distdb.commit_status('" + token + "')", String.class);
  }

  /** A node that was away gets the state, not the log, and comes to lead. */
  @Test
  void aLeaderThatWasBroughtUpToDateByASnapshotKnowsTheNames() {
    Logger snapshots = (Logger) LoggerFactory.getLogger("io.distdb.raft.host.Snapshots");
    Level level = snapshots.getLevel();
    ListAppender<ILoggingEvent> come = new ListAppender<>();
    come.start();
    snapshots.setLevel(Level.INFO);
    snapshots.addAppender(come);
    try {
      leadBehindASnapshot();
    } finally {
      snapshots.detachAppender(come);
      snapshots.setLevel(level);
    }
    assertThat(come.list)
        .anySatisfy(event -> assertThat(event.getMessage()).contains("has come from node"));
  }

  private static void leadBehindASnapshot() {
    SimulatedCluster.run(
        9,
        NODES,
        cluster -> {
          create(cluster);
          int leader = cluster.leader();
          int away = other(leader);
          cluster.kill(away);
          cluster.call(
              leader,
              client -> {
                commit(client, TOKEN + 1, 1);
                assertThat(status(client, TOKEN + 2)).isEqualTo("aborted");
                for (int round = 0; round < 4; round++) {
                  client.execute(
                      "INSERT INTO t SELECT * FROM generate_series(%d, %d)"
                          .formatted(1_000 + 2_000 * round, 2_999 + 2_000 * round));
                  client.checkpoint();
                }
                return null;
              });
          cluster.restart(away);
          lead(cluster, away);
          cluster.call(
              away,
              client -> {
                assertThat(status(client, TOKEN + 1)).isEqualTo("committed");
                long before = count(client);
                commit(client, TOKEN + 1, 2);
                assertThat(count(client)).as("applied once").isEqualTo(before);
                try {
                  commit(client, TOKEN + 2, 3);
                  throw new AssertionError("committed what was said to be aborted");
                } catch (DistDbException settled) {
                  assertThat(settled.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
                }
                return null;
              });
        });
  }

  private static void lead(SimulatedCluster cluster, int node) {
    while (cluster.leader() != node) {
      cluster.call(
          cluster.leader(),
          client -> {
            try {
              return client.queryValue(
                  "SELECT distdb.cluster_transfer('node-" + node + "')", String.class);
            } catch (DistDbException notYet) {
              return notYet.getMessage();
            }
          });
      cluster.sleepMillis(500);
    }
  }

  /** The server's own names: one outcome is kept for a session, however much it commits. */
  @Test
  void anAnsweredNameIsForgottenByTheNext() {
    SimulatedCluster.run(
        4,
        NODES,
        cluster -> {
          create(cluster);
          cluster.call(
              cluster.leader(),
              client -> {
                commit(client, TOKEN + 1, 1);
                commit(client, TOKEN + 2 + " after " + TOKEN + 1, 2);
                assertThat(status(client, TOKEN + 2)).isEqualTo("committed");
                commit(client, TOKEN + 1, 3);
                assertThat(count(client)).as("its name is free again").isEqualTo(3);
                return null;
              });
          cluster.call(
              other(cluster.leader()),
              client -> {
                commit(client, TOKEN + 4 + " after " + TOKEN + 2, 4);
                commit(client, TOKEN + 2, 5);
                assertThat(count(client)).as("from another node, too").isEqualTo(5);
                return null;
              });
        });
  }
}
