// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whole nodes in this JVM, and what can be done to them. */
@DistDbCluster(nodes = 3, servesPostgres = true)
final class LocalClusterTest {
  private static final int[] ALL = {1, 2, 3};
  private static final long HOUR_SECONDS = 3_600;

  private final LocalCluster cluster;
  private final Client client;

  LocalClusterTest(LocalCluster cluster, Client client) {
    this.cluster = cluster;
    this.client = client;
    client.execute("DROP TABLE IF EXISTS t");
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL DEFAULT 0)");
  }

  private static List<Long> ids(Client of) {
    return of.query("SELECT id FROM t ORDER BY id").toList(row -> row.getLong(0));
  }

  private static int after(int number) {
    return number % ALL.length + 1;
  }

  @Test
  void everyNodeServesTheSame() {
    for (int number : ALL) {
      cluster.client(number).execute("INSERT INTO t VALUES ($1)", number);
    }
    for (int number : ALL) {
      assertThat(ids(cluster.client(number))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void theClientGoesOnWhenTheLeaderDies() {
    client.execute("INSERT INTO t VALUES (1)");
    int first = cluster.leader();
    cluster.kill(first);
    assertThat(cluster.isUp(first)).isFalse();
    client.execute("INSERT INTO t VALUES (2)");
    assertThat(ids(client)).containsExactly(1L, 2L);
    cluster.restart(first);
    assertThat(ids(cluster.client(first))).containsExactly(1L, 2L);
  }

  @Test
  void whatWasAcknowledgedIsThereWhenAllWereKilled() {
    client.execute("INSERT INTO t VALUES (1)");
    cluster.kill(ALL);
    assertThatThrownBy(() -> client.execute("INSERT INTO t VALUES (2)"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CANNOT_CONNECT));
    assertThatThrownBy(() -> cluster.restart(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of 3 nodes are no majority");
    cluster.restart(ALL);
    assertThat(ids(client)).containsExactly(1L);
  }

  @Test
  void aNodeThatIsStoppedInOrderComesBack() {
    int stopped = after(cluster.leader());
    cluster.stop(stopped);
    client.execute("INSERT INTO t VALUES (1)");
    cluster.restart(stopped);
    assertThat(ids(cluster.client(stopped))).containsExactly(1L);
  }

  @Test
  void whoWaitsInANodeThatIsKilledIsTold() throws Exception {
    client.execute("INSERT INTO t VALUES (1)");
    int doomed = after(cluster.leader());
    Client there = cluster.client(doomed);
    CompletableFuture<Long> blocked;
    try (var holder = client.newSession()) {
      holder.execute("BEGIN");
      holder.execute("UPDATE t SET n = 1 WHERE id = 1");
      blocked =
          CompletableFuture.supplyAsync(() -> there.execute("UPDATE t SET n = 2 WHERE id = 1"));
      cluster.kill(doomed);
      assertThatThrownBy(blocked::get)
          .cause()
          .isInstanceOfSatisfying(
              DistDbException.class,
              error ->
                  assertThat(error.code())
                      .isIn(ErrorCode.CANNOT_CONNECT, ErrorCode.COMMIT_OUTCOME_UNKNOWN));
    }
    assertThatThrownBy(() -> ids(there)).hasMessageContaining("node-" + doomed + " is down");
  }

  @Test
  void aLeaderThatIsCutOffIsReplaced() {
    int first = cluster.leader();
    cluster.partition(first);
    client.execute("INSERT INTO t VALUES (1)");
    assertThat(cluster.leader()).isNotEqualTo(first);
    cluster.heal();
    assertThat(ids(cluster.client(first))).containsExactly(1L);
  }

  @Test
  void aLeaderThatIsPausedIsReplaced() {
    int first = cluster.leader();
    cluster.pauseMillis(first, 3_600_000);
    client.execute("INSERT INTO t VALUES (1)");
    assertThat(cluster.leader()).isNotEqualTo(first);
    CompletableFuture<List<Long>> stands =
        CompletableFuture.supplyAsync(() -> ids(cluster.client(first)));
    assertThat(stands).isNotDone();
    cluster.heal();
    assertThat(stands.join()).containsExactly(1L);
  }

  @Test
  void messagesThatTakeLongComeAllTheSame() {
    cluster.delayMillis(20);
    client.execute("INSERT INTO t VALUES (1)");
    assertThat(ids(client)).containsExactly(1L);
  }

  @Test
  void clocksDisagree() {
    int follower = after(cluster.leader());
    cluster.skewClock(follower, Duration.ofSeconds(HOUR_SECONDS));
    String seconds = "SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)";
    long ahead =
        cluster.client(follower).queryValue(seconds, Long.class)
            - cluster.client(after(follower)).queryValue(seconds, Long.class);
    assertThat(ahead).isBetween(HOUR_SECONDS - 60, HOUR_SECONDS);
    cluster.client(follower).execute("INSERT INTO t VALUES (1)");
    assertThat(ids(client)).containsExactly(1L);
  }

  @Test
  void driversOfPostgresFindALivingNode() throws SQLException {
    client.execute("INSERT INTO t VALUES (1)");
    int doomed = 1;
    try (Connection lost = DriverManager.getConnection(cluster.jdbcUrl(doomed))) {
      cluster.kill(doomed);
      assertThatThrownBy(() -> count(lost)).isInstanceOf(SQLException.class);
    }
    try (Connection found = DriverManager.getConnection(cluster.jdbcUrl())) {
      assertThat(count(found)).isEqualTo(1);
    }
    cluster.restart(doomed);
    try (Connection again = DriverManager.getConnection(cluster.jdbcUrl(doomed))) {
      assertThat(count(again)).isEqualTo(1);
    }
  }

  @Test
  void theDataSourceGoesWhereTheClientGoes() throws SQLException {
    var source = client.dataSource();
    try (Connection connection = source.getConnection()) {
      assertThat(count(connection)).isZero();
    }
    cluster.kill(1);
    try (Connection connection = source.getConnection()) {
      assertThat(count(connection)).isZero();
    }
    assertThat(client.dataSource()).isSameAs(source);
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  @DistDbCluster(nodes = 1)
  void aTestCanHaveAClusterOfItsOwn(LocalCluster own) {
    assertThat(own).isNotSameAs(cluster);
    assertThat(own.size()).isEqualTo(1);
    assertThatThrownBy(() -> ids(own.client())).hasMessageContaining("does not exist");
    assertThatThrownBy(own::jdbcUrl).hasMessageContaining("servesPostgres(true)");
    assertThatThrownBy(() -> own.kill(2)).hasMessage("there is no node 2, they are 1 to 1");
  }

  /** The figure is what the documentation says; the limit only sees what is broken. */
  @Test
  void threeNodesServeSoon() {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long began = System.nanoTime();
      LocalCluster.start(3).close();
      best = Math.min(best, System.nanoTime() - began);
    }
    System.out.println("three nodes in one JVM serve after " + best / 1_000_000 + " ms");
    assertThat(best).isLessThan(TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void settingsAreThoseOfEveryNode() {
    try (LocalCluster own =
        LocalCluster.builder()
            .nodes(1)
            .configured(settings -> settings.statementTimeoutMillis(1_234))
            .start()) {
      assertThat(own.client().queryValue("SHOW statement_timeout", String.class))
          .isEqualTo("1234ms");
    }
  }
}
