// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A peer behind JDBC, with auto-commit on, as its documentation recommends for speed. */
final class JdbcContender implements Contender {
  private static final int LOAD_BATCH = 10_000;

  private final String url;
  private final String durability;
  private final String createTable;
  private final Connection first;

  private JdbcContender(String url, String durability, String createTable, String... settings)
      throws SQLException {
    this.url = url;
    this.durability = durability;
    this.createTable = createTable;
    first = DriverManager.getConnection(url);
    try (Statement statement = first.createStatement()) {
      for (String setting : settings) {
        statement.execute(setting);
      }
    }
  }

  static JdbcContender h2() throws SQLException {
    return new JdbcContender("jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1", "none", "CREATE TABLE item");
  }

  static JdbcContender hsqldb() throws SQLException {
    return new JdbcContender("jdbc:hsqldb:mem:bench", "none", "CREATE MEMORY TABLE item");
  }

  static JdbcContender sqlite() throws SQLException {
    return new JdbcContender("jdbc:sqlite::memory:", "none", "CREATE TABLE item");
  }

  /** One writer at a time is SQLite's design, so this side runs with one thread only. */
  static JdbcContender syncedSqlite(Path directory) throws SQLException {
    return new JdbcContender(
        "jdbc:sqlite:" + directory.resolve("bench.sqlite"),
        "write-ahead log forced at every commit (journal_mode=WAL, synchronous=FULL)",
        "CREATE TABLE item",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL");
  }

  @Override
  public String durability() {
    return durability;
  }

  @Override
  public void load(long rows) throws SQLException {
    try (Statement statement = first.createStatement()) {
      statement.execute(
          createTable
              + " (id BIGINT PRIMARY KEY, category INTEGER, name VARCHAR(40),"
              + " quantity INTEGER, note VARCHAR(80))");
      statement.execute("CREATE INDEX item_category ON item (category)");
    }
    first.setAutoCommit(false);
    try (PreparedStatement insert = prepareInsert(first)) {
      for (long id = 0; id < rows; id++) {
        bind(insert, id);
        insert.addBatch();
        if (id % LOAD_BATCH == LOAD_BATCH - 1 || id == rows - 1) {
          insert.executeBatch();
          first.commit();
        }
      }
    }
    first.setAutoCommit(true);
  }

  /** Forgets what was loaded: a database in memory may outlive its connections. */
  void dropTable() throws SQLException {
    try (Statement statement = first.createStatement()) {
      statement.execute("DROP TABLE item");
    }
  }

  /** SQLite in memory belongs to its one connection; the others could open more. */
  @Override
  public Worker newWorker() throws SQLException {
    boolean shared = url.startsWith("jdbc:sqlite");
    return new JdbcWorker(shared ? first : DriverManager.getConnection(url), !shared);
  }

  @Override
  public void close() throws SQLException {
    first.close();
  }

  private static PreparedStatement prepareInsert(Connection connection) throws SQLException {
    return connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?)");
  }

  private static void bind(PreparedStatement insert, long id) throws SQLException {
    insert.setLong(1, id);
    insert.setInt(2, Rows.category(id));
    insert.setString(3, Rows.name(id));
    insert.setInt(4, Rows.quantity(id));
    insert.setString(5, Rows.note(id));
  }

  private static final class JdbcWorker implements Worker {
    private final Connection connection;
    private final boolean closesConnection;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement insert;
    private final Statement plain;

    JdbcWorker(Connection connection, boolean closesConnection) throws SQLException {
      this.connection = connection;
      this.closesConnection = closesConnection;
      select = connection.prepareStatement("SELECT " + COLUMNS + " FROM item WHERE id = ?");
      update = connection.prepareStatement("UPDATE item SET quantity = ? WHERE id = ?");
      insert = prepareInsert(connection);
      plain = connection.createStatement();
    }

    @Override
    public long selectPrepared(long id) throws SQLException {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return digest(row);
      }
    }

    @Override
    public long selectLiteral(long id) throws SQLException {
      try (ResultSet row =
          plain.executeQuery("SELECT " + COLUMNS + " FROM item WHERE id = " + id)) {
        return digest(row);
      }
    }

    private static long digest(ResultSet row) throws SQLException {
      if (!row.next()) {
        throw new IllegalStateException("the row is not there");
      }
      return row.getLong(1)
          + row.getInt(2)
          + row.getString(3).length()
          + row.getInt(4)
          + row.getString(5).length();
    }

    @Override
    public long update(long id, int quantity) throws SQLException {
      update.setInt(1, quantity);
      update.setLong(2, id);
      return update.executeUpdate();
    }

    @Override
    public void insert(long id) throws SQLException {
      bind(insert, id);
      insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      select.close();
      update.close();
      insert.close();
      plain.close();
      if (closesConnection) {
        connection.close();
      }
    }
  }
}
