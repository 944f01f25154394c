// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite with a write-ahead log that is forced at every commit; its defaults otherwise. */
final class SqliteSide implements SqlSide {
  private final Connection connection;
  private PreparedStatement select;

  SqliteSide(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public void create() throws SQLException {
    execute(CREATE.replace("BIGINT", "INTEGER"));
  }

  @Override
  public void loadRows(long rows) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
      for (long id = 0; id < rows; id++) {
        insert.setLong(1, id);
        insert.setString(2, SqlSide.row(id));
        insert.addBatch();
        if (id % KeyValueSide.LOAD_BATCH == KeyValueSide.LOAD_BATCH - 1) {
          insert.executeBatch();
          connection.commit();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void settle() throws SQLException {
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public int select(long id) throws SQLException {
    if (select == null) {
      select = connection.prepareStatement(SELECT + "?");
    }
    select.setLong(1, id);
    try (ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getString(1).length();
    }
  }

  @Override
  public void close() throws SQLException {
    if (select != null) {
      select.close();
    }
    connection.close();
  }
}
