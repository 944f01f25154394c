// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A peer in memory, behind JDBC. */
final class JdbcQuerySide implements QuerySide {
  private final String url;
  private final String createTable;
  private final Connection first;

  JdbcQuerySide(String url, String createTable) throws SQLException {
    this.url = url;
    this.createTable = createTable;
    first = DriverManager.getConnection(url);
  }

  @Override
  public void load(long rows) throws SQLException {
    try (Statement statement = first.createStatement()) {
      for (String table : TABLES) {
        statement.execute(createTable + table.substring("TABLE".length()));
      }
      for (String column : new String[] {"batch", "customer", "lot"}) {
        statement.execute("CREATE INDEX sale_" + column + " ON sale (" + column + ")");
      }
    }
    first.setAutoCommit(false);
    load("INSERT INTO customer VALUES (?, ?, ?)", rows / 100, QuerySide::customer);
    load("INSERT INTO product VALUES (?, ?, ?)", PRODUCTS, QuerySide::product);
    load("INSERT INTO sale VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows, id -> QuerySide.sale(id, rows));
    first.setAutoCommit(true);
    if (url.startsWith("jdbc:h2") || url.startsWith("jdbc:sqlite")) {
      try (Statement statement = first.createStatement()) {
        statement.execute("ANALYZE");
      }
    }
  }

  private void load(String sql, long rows, LongFunction<Object[]> row) throws SQLException {
    if (first instanceof DuckDBConnection duck) {
      append(duck, sql.split(" ")[2], rows, row);
      return;
    }
    try (PreparedStatement insert = first.prepareStatement(sql)) {
      for (long id = 0; id < rows; id++) {
        Object[] values = row.apply(id);
        for (int i = 0; i < values.length; i++) {
          insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
        if (id % LOAD_BATCH == LOAD_BATCH - 1 || id == rows - 1) {
          insert.executeBatch();
          first.commit();
        }
      }
    }
  }

  /** DuckDB's own way to load: single INSERTs are not what it is made for. */
  private static void append(
      DuckDBConnection duck, String table, long rows, LongFunction<Object[]> row)
      throws SQLException {
    try (DuckDBAppender appender = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
      for (long id = 0; id < rows; id++) {
        appender.beginRow();
        for (Object value : row.apply(id)) {
          switch (value) {
            case Integer number -> appender.append(number.intValue());
            case Long number -> appender.append(number.longValue());
            default -> appender.append(value.toString());
          }
        }
        appender.endRow();
      }
    }
    duck.commit();
  }

  /** A database in memory of SQLite and DuckDB belongs to its one connection. */
  @Override
  public Session newSession() throws SQLException {
    boolean shared = url.startsWith("jdbc:sqlite") || url.startsWith("jdbc:duckdb");
    return new JdbcSession(shared ? first : DriverManager.getConnection(url), !shared);
  }

  @Override
  public void close() throws SQLException {
    first.close();
  }

  private static final class JdbcSession implements Session {
    private final Connection connection;
    private final boolean closesConnection;
    private final Map<QueryCase, PreparedStatement> queries = new EnumMap<>(QueryCase.class);
    private final PreparedStatement update;

    JdbcSession(Connection connection, boolean closesConnection) throws SQLException {
      this.connection = connection;
      this.closesConnection = closesConnection;
      for (QueryCase what : QueryCase.values()) {
        queries.put(what, connection.prepareStatement(what.sql));
      }
      update = connection.prepareStatement(QueryCase.UPDATE);
    }

    @Override
    public long query(QueryCase what, long... parameters) throws SQLException {
      PreparedStatement query = queries.get(what);
      for (int i = 0; i < parameters.length; i++) {
        query.setLong(i + 1, parameters[i]);
      }
      long digest = 0;
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          digest +=
              switch (what) {
                case AGGREGATE -> result.getLong(1) + result.getLong(2);
                case JOIN ->
                    result.getInt(1)
                        + result.getString(2).length()
                        + result.getLong(3)
                        + result.getLong(4);
                case TEN_BY_INDEX, TEN_BY_HASH, HUNDRED_BY_KEY, HUNDRED_BY_INDEX, MIXED ->
                    result.getLong(1)
                        + result.getInt(2)
                        + result.getLong(3)
                        + result.getString(4).length();
              };
        }
      }
      return digest;
    }

    @Override
    public void update(long id, int quantity) throws SQLException {
      update.setInt(1, quantity);
      update.setLong(2, id);
      update.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      for (PreparedStatement query : queries.values()) {
        query.close();
      }
      update.close();
      if (closesConnection) {
        connection.close();
      }
    }
  }
}
