// SPDX-License-Identifier: MIT
package io.distdb.clients.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.clients.ClientNode;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of pgjdbc over TCP: cancelled, timed, updatable, in batches, in savepoints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PgJdbcStatementsTest {
  private static final String COUNTLESS =
      "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

  private ClientNode node;

  @BeforeAll
  void start() throws SQLException {
    node = new ClientNode();
    run("CREATE TABLE part (id integer PRIMARY KEY, name text, price numeric(10, 2), made date)");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    run("DELETE FROM part");
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = node.connect("")) {
      run(connection, sql);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> parts() throws SQLException {
    try (Connection connection = node.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id || ':' || name FROM part ORDER BY id")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static void assertState(String sqlState, SQLException error) {
    assertThat(error.getSQLState()).isEqualTo(sqlState);
  }

  @Test
  void anotherThreadCancels() throws Exception {
    try (Connection connection = node.connect("ApplicationName=sleeper");
        Connection other = node.connect("");
        Statement statement = connection.createStatement();
        PreparedStatement watch =
            other.prepareStatement(
                "SELECT 1 FROM pg_stat_activity WHERE application_name = 'sleeper'"
                    + " AND state = 'active'")) {
      CompletableFuture<Void> cancelling =
          CompletableFuture.runAsync(() -> {
            try {
              boolean seen = false;
              while (!seen) {
                try (ResultSet rows = watch.executeQuery()) {
                  seen = rows.next();
                }
              }
              statement.cancel();
            } catch (SQLException broken) {
              throw new IllegalStateException(broken);
            }
          });
      assertThatThrownBy(() -> statement.execute(COUNTLESS))
          .isInstanceOfSatisfying(SQLException.class, error -> assertState("57014", error));
      cancelling.get();
      try (ResultSet rows = statement.executeQuery("SELECT 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void aStatementThatTakesTooLongEndsAndTheConnectionLives() throws SQLException {
    try (Connection connection = node.connect("");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException ended;
      do {
        // The driver asks once: where the machine stalls before the statement has begun, in vain.
        ended = failureOf(statement, "SELECT pg_sleep(30)");
      } while (ended == null);
      assertState("57014", ended);
      statement.setQueryTimeout(0);
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  /** Null: none. */
  private static SQLException failureOf(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return null;
    } catch (SQLException failure) {
      return failure;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prepareThreshold=-1",
        "preferQueryMode=simple",
        "preferQueryMode=extendedCacheEverything",
        "stringtype=unspecified"
      })
  void resultsAreUpdated(String parameters) throws SQLException {
    run("INSERT INTO part VALUES (1, 'one', 1.5, '2020-01-01'), (2, 'two', 2.5, NULL)");
    try (Connection connection = node.connect(parameters);
        Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("SELECT * FROM part ORDER BY id")) {
      rows.next();
      rows.updateString("name", "ONE");
      rows.updateBigDecimal("price", new BigDecimal("7.25"));
      rows.updateRow();
      rows.refreshRow();
      assertThat(rows.getBigDecimal("price")).isEqualTo(new BigDecimal("7.25"));
      rows.moveToInsertRow();
      rows.updateInt("id", 3);
      rows.updateString("name", "three");
      rows.updateNull("price");
      rows.insertRow();
      rows.moveToCurrentRow();
      rows.next();
      rows.deleteRow();
    }
    assertThat(parts()).containsExactly("1:ONE", "3:three");
  }

  @ParameterizedTest
  @CsvSource({
    "'',true,'-3 -3 -3 -3 -3',0",
    "'',false,'-3 -3 -3 -3 -3',0",
    "reWriteBatchedInserts=true,true,'-3 -3 -3 -3 -3',0",
    "preferQueryMode=simple,true,'1 1 1 -3 1',4",
    "preferQueryMode=simple,false,'-3 -3 -3 -3 -3',0",
    "prepareThreshold=-1,true,'-3 -3 -3 -3 -3',0"
  })
  void aBatchWithAnErrorTellsWhichFailed(
      String parameters, boolean autoCommit, String counts, int left) throws SQLException {
    try (Connection connection = node.connect(parameters);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO part (id, name) VALUES (?, ?)")) {
      connection.setAutoCommit(autoCommit);
      for (int id : new int[] {1, 2, 3, 2, 4}) {
        insert.setInt(1, id);
        insert.setString(2, "part");
        insert.addBatch();
      }
      BatchUpdateException error =
          catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
      assertThat(error.getSQLState()).isEqualTo("23505");
      List<String> told = new ArrayList<>();
      for (int count : error.getUpdateCounts()) {
        told.add(Integer.toString(count));
      }
      assertThat(String.join(" ", told)).isEqualTo(counts);
      if (!autoCommit) {
        connection.rollback();
      }
    }
    assertThat(parts()).hasSize(left);
  }

  @Test
  void autosaveLetsATransactionGoOn() throws SQLException {
    try (Connection connection = node.connect("autosave=always")) {
      connection.setAutoCommit(false);
      run(connection, "INSERT INTO part (id, name) VALUES (1, 'a')");
      assertThatThrownBy(() -> run(connection, "INSERT INTO part (id, name) VALUES (1, 'b')"))
          .hasMessageContaining("part_pkey");
      run(connection, "INSERT INTO part (id, name) VALUES (2, 'c')");
      connection.commit();
    }
    assertThat(parts()).containsExactly("1:a", "2:c");
  }

  @Test
  void conservativeAutosaveMeetsAChangedTable() throws SQLException {
    run("CREATE TABLE growing (id integer PRIMARY KEY)");
    try (Connection connection = node.connect("autosave=conservative&prepareThreshold=1");
        PreparedStatement query = connection.prepareStatement("SELECT * FROM growing")) {
      for (int i = 0; i < 3; i++) {
        query.executeQuery().close();
      }
      connection.setAutoCommit(false);
      run("ALTER TABLE growing ADD COLUMN more text DEFAULT 'm'");
      run("INSERT INTO growing VALUES (1)");
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("more")).isEqualTo("m");
      }
      connection.commit();
    }
  }

  @Test
  void savepointsNestAndOneNameHidesAnother() throws SQLException {
    try (Connection connection = node.connect("")) {
      connection.setAutoCommit(false);
      run(connection, "INSERT INTO part (id, name) VALUES (1, 'a')");
      Savepoint outer = connection.setSavepoint("a b");
      run(connection, "INSERT INTO part (id, name) VALUES (2, 'b')");
      Savepoint unnamed = connection.setSavepoint();
      run(connection, "INSERT INTO part (id, name) VALUES (3, 'c')");
      connection.rollback(unnamed);
      run(connection, "INSERT INTO part (id, name) VALUES (4, 'd')");
      Savepoint inner = connection.setSavepoint("a b");
      run(connection, "INSERT INTO part (id, name) VALUES (5, 'e')");
      connection.rollback(inner);
      connection.releaseSavepoint(inner);
      connection.releaseSavepoint(unnamed);
      run(connection, "INSERT INTO part (id, name) VALUES (6, 'f')");
      connection.commit();
      assertThat(parts()).containsExactly("1:a", "2:b", "4:d", "6:f");
      assertThatThrownBy(() -> connection.rollback(outer))
          .isInstanceOfSatisfying(SQLException.class, error -> assertState("25P01", error));
    }
  }

  @Test
  void functionsAreCalled() throws SQLException {
    try (Connection connection = node.connect("");
        CallableStatement upper = connection.prepareCall("{? = call upper(?)}");
        CallableStatement missing = connection.prepareCall("{? = call no_such(?)}")) {
      upper.registerOutParameter(1, Types.VARCHAR);
      upper.setString(2, "abc");
      upper.execute();
      assertThat(upper.getString(1)).isEqualTo("ABC");
      missing.registerOutParameter(1, Types.INTEGER);
      missing.setInt(2, 1);
      assertThatThrownBy(missing::execute)
          .hasMessageContaining("function no_such(integer) does not exist");
    }
  }

  @Test
  void aReadOnlyTransactionChangesNothing() throws SQLException {
    try (Connection connection = node.connect("")) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      assertThatThrownBy(() -> run(connection, "DELETE FROM part"))
          .hasMessageContaining("cannot execute DELETE in a read-only transaction");
    }
  }

  @Test
  void thePrimaryIsFoundAmongHosts() throws SQLException {
    String hosts = node.url("targetServerType=primary").replace("//", "//127.0.0.1:1,");
    try (Connection connection = DriverManager.getConnection(hosts)) {
      assertThat(connection.isValid(60)).isTrue();
    }
    assertThatThrownBy(() -> node.connect("targetServerType=secondary"))
        .hasMessageContaining("targetServerType");
  }
}
