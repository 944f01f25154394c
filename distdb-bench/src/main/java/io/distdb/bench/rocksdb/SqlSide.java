// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.node.config.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table of the same rows behind SQL, on a file. Used by one thread. */
interface SqlSide extends AutoCloseable {
  String CREATE = "CREATE TABLE item (id BIGINT PRIMARY KEY, row TEXT NOT NULL)";

  String name();

  void load(long rows) throws Exception;

  /** Reads a row with a prepared statement; its length. */
  int select(long id) throws Exception;

  @Override
  void close() throws Exception;

  private static String row(long id) {
    return new String(KeyValueSide.row(id), StandardCharsets.ISO_8859_1);
  }

  /** SQL on the RocksDB engine. */
  static SqlSide distDb(Path directory) {
    Client client = Client.open(Config.builder().directory(directory).storage("rocksdb").build());
    client.execute(CREATE);
    PreparedStatement select = client.prepare("SELECT row FROM item WHERE id = $1");
    return new SqlSide() {
      @Override
      public String name() {
        return "DistDB on RocksDB";
      }

      @Override
      public void load(long rows) {
        for (long first = 0; first < rows; first += KeyValueSide.LOAD_BATCH) {
          long from = first;
          client.transaction(tx -> {
            for (long id = from; id < Math.min(rows, from + KeyValueSide.LOAD_BATCH); id++) {
              tx.execute("INSERT INTO item VALUES ($1, $2)", id, row(id));
            }
          });
        }
        client.checkpoint();
      }

      @Override
      public int select(long id) {
        return select.query(id).toList(row -> row.getString(0)).get(0).length();
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  /** SQLite with a write-ahead log, its defaults otherwise. */
  static SqlSide sqlite(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute(CREATE.replace("BIGINT", "INTEGER"));
    }
    java.sql.PreparedStatement select =
        connection.prepareStatement("SELECT row FROM item WHERE id = ?");
    return new SqlSide() {
      @Override
      public String name() {
        return "SQLite";
      }

      @Override
      public void load(long rows) throws SQLException {
        connection.setAutoCommit(false);
        try (java.sql.PreparedStatement insert =
            connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
          for (long id = 0; id < rows; id++) {
            insert.setLong(1, id);
            insert.setString(2, row(id));
            insert.addBatch();
            if (id % KeyValueSide.LOAD_BATCH == KeyValueSide.LOAD_BATCH - 1) {
              insert.executeBatch();
            }
          }
          insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
      }

      @Override
      public int select(long id) throws SQLException {
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          return rows.getString(1).length();
        }
      }

      @Override
      public void close() throws SQLException {
        select.close();
        connection.close();
      }
    };
  }
}
