// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.client.Client;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.SocketException;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What a program may ask of pgjdbc, asked of a database in its own JVM. */
@Timeout(600)
final class DataSourceTest {
  private static final String ENDLESS =
      "SELECT count(*) FROM generate_series(1, 10000) a, generate_series(1, 10000) b,"
          + " generate_series(1, 10000) c";

  private Client client;
  private DataSource source;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    client = Client.open();
    source = client.dataSource();
    connection = source.getConnection();
    statement = connection.createStatement();
    statement.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    client.close();
  }

  private void fill(int rows) throws SQLException {
    statement.execute(
        "INSERT INTO item SELECT n, 'item ' || n FROM generate_series(1, " + rows + ") n");
  }

  private String value(String sql) throws SQLException {
    try (Statement one = connection.createStatement();
        ResultSet rows = one.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void whatOneWritesTheClientReads() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
      for (int id = 0; id < 10; id++) {
        insert.setInt(1, id);
        insert.setString(2, "lamp");
        assertThat(insert.executeUpdate()).isOne();
      }
    }
    assertThat(client.queryValue("SELECT count(*) FROM item WHERE name = 'lamp'", Long.class))
        .isEqualTo(10);
  }

  @Test
  void anErrorLeavesTheConnectionUsable() throws SQLException {
    assertThatThrownBy(() -> statement.execute("SELECT nothing"))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("42703"));
    assertThat(value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void transactionsAreRolledBackOrKept() throws SQLException {
    connection.setAutoCommit(false);
    fill(3);
    connection.rollback();
    assertThat(value("SELECT count(*) FROM item")).isEqualTo("0");
    fill(3);
    connection.commit();
    assertThat(client.queryValue("SELECT count(*) FROM item", Long.class)).isEqualTo(3);
  }

  @Test
  void aBatchLargerThanTheBuffersIsWhole() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
      for (int id = 0; id < 5000; id++) {
        insert.setInt(1, id);
        insert.setString(2, "a copy of number " + id);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(5000).containsOnly(1);
      insert.setInt(1, 1);
      insert.addBatch();
      assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
    }
    connection.rollback();
    assertThat(value("SELECT count(*) FROM item")).isEqualTo("0");
  }

  @Test
  void aFetchSizeReadsInPieces() throws SQLException {
    fill(1000);
    connection.setAutoCommit(false);
    statement.setFetchSize(7);
    int sum = 0;
    try (ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
      while (rows.next()) {
        sum += rows.getInt(1);
      }
    }
    assertThat(sum).isEqualTo(500_500);
  }

  /** Again and again, as one that comes before its statement has no effect. */
  @Test
  void cancelEndsAStatement() throws Exception {
    CompletableFuture<String> state =
        CompletableFuture.supplyAsync(() -> {
          try {
            statement.execute(ENDLESS);
            return "done";
          } catch (SQLException error) {
            return error.getSQLState();
          }
        });
    while (!state.isDone()) {
      statement.cancel();
      connection.unwrap(PGConnection.class).cancelQuery();
    }
    assertThat(state.get()).isEqualTo("57014");
    assertThat(value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aQueryTimeoutEndsAStatement() throws SQLException {
    statement.setQueryTimeout(1);
    assertThatThrownBy(() -> statement.execute(ENDLESS))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("57014"));
  }

  /** One behind the other: the second must not meet what the first has left. */
  @Test
  void copyGoesInAndOut() throws Exception {
    var copies = connection.unwrap(PGConnection.class).getCopyAPI();
    StringBuilder text = new StringBuilder();
    for (int id = 0; id < 100_000; id++) {
      text.append(id).append("\tname of ").append(id).append('\n');
    }
    for (int round = 0; round < 5; round++) {
      statement.execute("TRUNCATE item");
      assertThat(copies.copyIn("COPY item FROM STDIN", new StringReader(text.toString())))
          .isEqualTo(100_000);
      StringWriter out = new StringWriter();
      copies.copyOut("COPY (SELECT * FROM item ORDER BY id) TO STDOUT", out);
      assertThat(out.toString()).isEqualTo(text.toString());
    }
    assertThatThrownBy(() -> copies.copyIn("COPY item FROM STDIN", new StringReader("wrong\n")))
        .isInstanceOf(SQLException.class);
    assertThat(value("SELECT count(*) FROM item")).isEqualTo("100000");
  }

  @Test
  void whoListensIsTold() throws SQLException {
    statement.execute("LISTEN news");
    PGConnection listener = connection.unwrap(PGConnection.class);
    assertThat(listener.getNotifications()).isNullOrEmpty();
    client.execute("NOTIFY news, 'one'");
    assertThat(listener.getNotifications())
        .extracting(PGNotification::getParameter)
        .contains("one");
    CompletableFuture<Long> sent =
        CompletableFuture.supplyAsync(() -> client.execute("NOTIFY news, 'two'"));
    assertThat(listener.getNotifications(0))
        .extracting(PGNotification::getParameter)
        .containsExactly("two");
    sent.join();
  }

  @Test
  void aSessionThatIsTerminatedIsLost() throws SQLException {
    try (Connection other = source.getConnection()) {
      int process = other.unwrap(PGConnection.class).getBackendPID();
      assertThat(value("SELECT pg_terminate_backend(" + process + ")")).isEqualTo("t");
      assertThatThrownBy(() -> other.createStatement().execute("SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isIn("57P01", "08006"));
    }
  }

  @Test
  void closingTheClientEndsConnectionsAndSources() throws SQLException {
    int before = InProcessServers.count();
    client.close();
    assertThat(InProcessServers.count()).isEqualTo(before - 1);
    assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(source::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).startsWith("08"));
  }

  @Test
  void aDatabaseOfADirectoryHasOneToo(@TempDir Path directory) throws SQLException {
    try (Client stored = Client.open(directory);
        Connection one = stored.dataSource().getConnection()) {
      one.createStatement().execute("CREATE TABLE kept (id INTEGER PRIMARY KEY)");
      stored.execute("CREATE DATABASE shop");
      try (Client shop = stored.database("shop");
          Connection other = shop.dataSource().getConnection()) {
        assertThat(other.getCatalog()).isEqualTo("shop");
      }
    }
    try (Client stored = Client.open(directory)) {
      assertThat(stored.queryValue("SELECT count(*) FROM kept", Long.class)).isZero();
    }
  }

  @Test
  void aClosedSocketRefuses() throws Exception {
    Client other = Client.open();
    other.dataSource();
    other.close();
    assertThatThrownBy(() -> new InProcessSocketFactory("none").createSocket())
        .isInstanceOf(SocketException.class);
  }
}
