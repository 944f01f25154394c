// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.client.PreparedStatement;
import io.distdb.client.Tx;

/**
 * The demo's shop: 200,000 rows that depend on nothing but their numbers, so that every run loads
 * the same.
 */
final class Shop {
  static final int CUSTOMERS = 20_000;
  static final int PRODUCTS = 2_000;
  static final int ORDERS = 58_000;
  static final int ORDER_ITEMS = 120_000;

  private static final String[] FIRST_NAMES = {
    "Ada",
    "Alan",
    "Barbara",
    "Edgar",
    "Edsger",
    "Frances",
    "Grace",
    "Jim",
    "John",
    "Leslie",
    "Margaret",
    "Michael",
    "Niklaus",
    "Pat",
    "Radia",
    "Tony"
  };
  private static final String[] LAST_NAMES = {
    "Allen",
    "Backus",
    "Bayer",
    "Codd",
    "Dijkstra",
    "Gray",
    "Hamilton",
    "Hoare",
    "Hopper",
    "Lamport",
    "Liskov",
    "Lovelace",
    "Perlman",
    "Selinger",
    "Stonebraker",
    "Turing",
    "Wirth"
  };
  private static final String[] CITIES = {
    "Amsterdam", "Berlin", "Cairo", "Dublin", "Edinburgh", "Florence", "Geneva", "Helsinki",
    "Istanbul", "Kyoto", "Lisbon", "Montreal", "Nairobi", "Oslo", "Prague", "Quito"
  };
  private static final String[] ADJECTIVES = {"small", "large", "round", "flat", "folding"};
  private static final String[] THINGS = {
    "lamp", "chair", "table", "kettle", "clock", "mirror", "basket", "ladder"
  };

  static final String[] SCHEMA = {
    "CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL)",
    "CREATE TABLE products (id BIGINT PRIMARY KEY, name TEXT NOT NULL,"
        + " price_cents BIGINT NOT NULL, stock INTEGER NOT NULL)",
    "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL,"
        + " day INTEGER NOT NULL, paid BOOLEAN NOT NULL)",
    "CREATE TABLE order_items (order_id BIGINT, line INTEGER, product_id BIGINT NOT NULL,"
        + " quantity INTEGER NOT NULL, PRIMARY KEY (order_id, line))"
  };

  private Shop() {}

  /** The tables, in the order in which they are loaded. */
  enum Load {
    CUSTOMERS("INSERT INTO customers VALUES ($1, $2, $3)", Shop.CUSTOMERS),
    PRODUCTS("INSERT INTO products VALUES ($1, $2, $3, $4)", Shop.PRODUCTS),
    ORDERS("INSERT INTO orders VALUES ($1, $2, $3, $4)", Shop.ORDERS),
    ORDER_ITEMS("INSERT INTO order_items VALUES ($1, $2, $3, $4)", Shop.ORDER_ITEMS);

    private final String sql;
    private final int rows;

    Load(String sql, int rows) {
      this.sql = sql;
      this.rows = rows;
    }

    String sql() {
      return sql;
    }

    int rows() {
      return rows;
    }

    /** Inserts all rows of this table. */
    void run(Tx tx) {
      PreparedStatement insert = tx.prepare(sql);
      for (int i = 0; i < rows; i++) {
        insert.execute(row(i));
      }
    }

    private Object[] row(int i) {
      return switch (this) {
        case CUSTOMERS ->
            new Object[] {
              i + 1, pick(FIRST_NAMES, i, 1) + " " + pick(LAST_NAMES, i, 2), pick(CITIES, i, 3)
            };
        case PRODUCTS ->
            new Object[] {
              i + 1,
              pick(ADJECTIVES, i, 4) + " " + pick(THINGS, i, 5) + " no. " + (i + 1),
              199 + below(i, 6, 20_000),
              100
            };
        case ORDERS ->
            new Object[] {i + 1, 1 + below(i, 7, Shop.CUSTOMERS), below(i, 8, 365), i % 8 != 0};
        case ORDER_ITEMS ->
            new Object[] {
              1 + i % Shop.ORDERS,
              1 + i / Shop.ORDERS,
              1 + below(i, 9, Shop.PRODUCTS),
              1 + below(i, 10, 5)
            };
      };
    }
  }

  private static String pick(String[] words, int row, int column) {
    return words[below(row, column, words.length)];
  }

  /**
   * A number from 0 to {@code bound}, exclusive, that looks like chance (SplitMix64's finalizer).
   */
  private static int below(int row, int column, int bound) {
    long z = (long) row * 0x9e3779b97f4a7c15L + column * 0xd1342543de82ef95L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(z ^ (z >>> 31), bound);
  }
}
