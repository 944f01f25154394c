// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.simulation.SeedRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A bank in SQL on every node of a simulated cluster, whose nodes die, are cut off, stop, and have
 * wrong clocks. Red when a snapshot on any node sees half a transfer, when one that was
 * acknowledged is not in the ledger at the end, or when a healed cluster does not answer.
 */
final class ClusterBankTest {
  private static final int NODES = 3;
  private static final int ACCOUNTS = 5;
  private static final long TOTAL = 100L * ACCOUNTS;
  private static final int ROUNDS = 6;
  private static final Set<ErrorCode> PASSING =
      Set.of(
          ErrorCode.CANNOT_CONNECT,
          ErrorCode.CANNOT_CONNECT_NOW,
          ErrorCode.COMMIT_OUTCOME_UNKNOWN,
          ErrorCode.SERIALIZATION_FAILURE,
          ErrorCode.DEADLOCK_DETECTED,
          ErrorCode.SNAPSHOT_TOO_OLD);

  private final List<Long> acknowledged = new ArrayList<>();
  private boolean over;

  @Test
  void transfersKeepTheTotal() {
    SeedRunner.of(getClass(), "transfersKeepTheTotal")
        .run(
            5,
            seed ->
                SimulatedCluster.run(
                    seed,
                    NODES,
                    cluster -> new ClusterBankTest().play(cluster, new SeededRandom(seed))));
  }

  private void play(SimulatedCluster cluster, SeededRandom random) {
    cluster.call(client -> {
      client.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, balance BIGINT NOT NULL)");
      client.execute("INSERT INTO account SELECT n, 100 FROM generate_series(1, $1) n", ACCOUNTS);
      return client.execute("CREATE TABLE ledger (id BIGINT PRIMARY KEY)");
    });
    List<Scheduler.Task> tellers = new ArrayList<>();
    for (int node = 1; node <= NODES; node++) {
      int at = node;
      SeededRandom own = random.fork("teller " + node);
      tellers.add(cluster.scheduler().start("teller", () -> serve(cluster, at, own)));
    }
    SeededRandom trouble = random.fork("trouble");
    for (int round = 0; round < ROUNDS; round++) {
      cluster.sleepMillis(trouble.between(100, 1_500));
      disturb(cluster, 1 + trouble.below(NODES), trouble);
    }
    cluster.heal();
    over = true;
    tellers.forEach(Scheduler.Task::join);
    for (int node = 1; node <= NODES; node++) {
      int at = node;
      assertThat(insist(cluster, () -> cluster.call(at, ClusterBankTest::total))).isEqualTo(TOTAL);
    }
    assertThat(insist(cluster, () -> cluster.call(ClusterBankTest::ledger)))
        .as("the ledger")
        .containsAll(acknowledged);
    assertThat(acknowledged).isNotEmpty();
  }

  private static void disturb(SimulatedCluster cluster, int node, SeededRandom random) {
    switch (random.below(5)) {
      case 0 -> die(cluster, node, random);
      case 1 -> die(cluster, cluster.leader(), random);
      case 2 -> {
        cluster.partition(node);
        cluster.sleepMillis(random.between(1, 4_000));
        cluster.heal();
      }
      case 3 -> cluster.pauseMillis(node, random.between(1, 3_000));
      default -> cluster.moveClock(node, Duration.ofMillis(random.between(-200, 200)));
    }
  }

  private static void die(SimulatedCluster cluster, int node, SeededRandom random) {
    cluster.kill(node);
    cluster.sleepMillis(random.between(1, 2_500));
    cluster.restart(node);
  }

  /** Transfers and looks, until it is over. */
  private void serve(SimulatedCluster cluster, int node, SeededRandom random) {
    long id = node;
    while (!over) {
      id += NODES;
      try {
        transfer(cluster, node, id, random);
        acknowledged.add(id);
        assertThat(cluster.<Long>call(node, ClusterBankTest::total)).isEqualTo(TOTAL);
      } catch (DistDbException trouble) {
        if (!PASSING.contains(trouble.code())) {
          throw trouble;
        }
      }
      cluster.sleepMillis(random.between(1, 50));
    }
  }

  private static void transfer(SimulatedCluster cluster, int node, long id, SeededRandom random) {
    int from = 1 + random.below(ACCOUNTS);
    int to = 1 + random.below(ACCOUNTS);
    long amount = 1L + random.below(9);
    cluster.call(
        node,
        client -> {
          client.transaction(tx -> {
            tx.execute("UPDATE account SET balance = balance - $1 WHERE id = $2", amount, from);
            tx.execute("UPDATE account SET balance = balance + $1 WHERE id = $2", amount, to);
            tx.execute("INSERT INTO ledger VALUES ($1)", id);
          });
          return id;
        });
  }

  private static Long total(Client client) {
    return client.queryValue("SELECT CAST(sum(balance) AS BIGINT) FROM account", Long.class);
  }

  private static List<Long> ledger(Client client) {
    return client.query("SELECT id FROM ledger").toList(row -> row.getLong(0));
  }

  /** A healed cluster answers within a simulated minute. */
  private static <T> T insist(SimulatedCluster cluster, Supplier<T> question) {
    long end = cluster.nowMillis() + 60_000;
    while (true) {
      try {
        return question.get();
      } catch (DistDbException trouble) {
        if (!PASSING.contains(trouble.code()) || cluster.nowMillis() > end) {
          throw trouble;
        }
        cluster.sleepMillis(100);
      }
    }
  }
}
