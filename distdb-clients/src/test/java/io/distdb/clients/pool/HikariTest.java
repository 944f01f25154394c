// SPDX-License-Identifier: MIT
package io.distdb.clients.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.distdb.clients.ClientNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class HikariTest {
  private static final int CONNECTIONS = 4;

  private static HikariDataSource pool(ClientNode node) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(node.url());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setSchema("public");
    return new HikariDataSource(config);
  }

  @Test
  void manyThreadsShareFewConnections() throws Exception {
    try (ClientNode node = new ClientNode();
        HikariDataSource pool = pool(node);
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      run(pool, "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY, session integer)");
      Callable<Void> insert =
          () -> {
            run(pool, "INSERT INTO t (session) VALUES (pg_backend_pid())");
            return null;
          };
      List<Callable<Void>> all = new ArrayList<>();
      for (int at = 0; at < 200; at++) {
        all.add(insert);
      }
      for (Future<Void> one : threads.invokeAll(all)) {
        one.get();
      }
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT count(*), count(DISTINCT session) FROM t")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(200);
        assertThat(rows.getInt(2)).isBetween(1, CONNECTIONS);
      }
    }
  }

  /** What a borrower changed is as before for the next one, its open transaction undone. */
  @Test
  void aConnectionComesBackClean() throws SQLException {
    try (ClientNode node = new ClientNode();
        HikariDataSource pool = pool(node)) {
      pool.getHikariConfigMXBean().setMaximumPoolSize(1);
      run(pool, "CREATE TABLE t (id integer)");
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        connection.setReadOnly(false);
        statement.execute("INSERT INTO t VALUES (1)");
      }
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count(*), current_setting('transaction_isolation') FROM t")) {
        assertThat(connection.getAutoCommit()).isTrue();
        rows.next();
        assertThat(rows.getInt(1)).isZero();
        assertThat(rows.getString(2)).isEqualTo("repeatable read");
      }
    }
  }

  private static void run(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
