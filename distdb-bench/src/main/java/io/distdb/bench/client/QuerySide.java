// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.sql.SQLException;

/** One side of the comparison of queries over several rows. */
interface QuerySide extends AutoCloseable {
  /** Rows that one transaction loads. */
  int LOAD_BATCH = 10_000;

  int PRODUCTS = 1_000;

  /** The tables, for all sides; {@code TABLE} stands for how a side begins CREATE TABLE. */
  String[] TABLES = {
    "TABLE sale (id BIGINT PRIMARY KEY, customer INTEGER, product INTEGER, batch INTEGER,"
        + " lot INTEGER, quantity INTEGER, price BIGINT, note VARCHAR(80))",
    "TABLE customer (id INTEGER PRIMARY KEY, region INTEGER, name VARCHAR(40))",
    "TABLE product (id INTEGER PRIMARY KEY, category VARCHAR(40), name VARCHAR(40))"
  };

  /** Creates the tables and their indexes, and loads {@code rows} sales. */
  void load(long rows) throws Exception;

  /** A session for one thread. */
  Session newSession() throws Exception;

  @Override
  void close() throws Exception;

  /** Prepared statements. Used by one thread. */
  interface Session extends AutoCloseable {
    /** Runs the case's query and reads every column of every row; a digest of the numbers. */
    long query(QueryCase what, long... parameters) throws Exception;

    /** Runs {@link QueryCase#UPDATE}. */
    void update(long id, int quantity) throws Exception;

    @Override
    void close() throws Exception;
  }

  /** The values of sale {@code id}. */
  static Object[] sale(long id, long rows) {
    long mixed = Rows.mix(id) >>> 1;
    return new Object[] {
      id,
      (int) (id * 7_919 % (rows / 100)),
      (int) (mixed % PRODUCTS),
      (int) (id * 7_919 % (rows / 10)),
      (int) (id * 104_729 % (rows / 10)),
      (int) (mixed / PRODUCTS % 100),
      mixed % 977,
      Rows.note(id)
    };
  }

  static Object[] customer(long id) {
    return new Object[] {(int) id, (int) (id % 20), "customer " + id};
  }

  static Object[] product(long id) {
    return new Object[] {(int) id, "category " + id % 50, "product " + id};
  }

  /** The side called {@code name}. */
  static QuerySide open(String name) throws SQLException {
    return switch (name) {
      case "distdb" -> new DistDbQuerySide();
      case "h2" -> new JdbcQuerySide("jdbc:h2:mem:query;DB_CLOSE_DELAY=-1", "CREATE TABLE");
      case "hsqldb" -> new JdbcQuerySide("jdbc:hsqldb:mem:query", "CREATE MEMORY TABLE");
      case "sqlite" -> new JdbcQuerySide("jdbc:sqlite::memory:", "CREATE TABLE");
      case "duckdb" -> new JdbcQuerySide("jdbc:duckdb:", "CREATE TABLE");
      default -> throw new IllegalArgumentException("no side is called " + name);
    };
  }
}
