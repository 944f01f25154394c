// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.util.List;

/**
 * The queries over several rows, with {@code ?} for parameters. Table {@code sale}: ten rows to a
 * {@code batch} and to a {@code lot}, a hundred to a customer when there are a million.
 */
enum QueryCase {
  TEN_BY_INDEX(
      "10 rows by secondary index", "SELECT id, quantity, price, note FROM sale WHERE batch = ?"),
  TEN_BY_HASH(
      "10 rows by secondary index (ours: hash)",
      "SELECT id, quantity, price, note FROM sale WHERE lot = ?"),
  HUNDRED_BY_KEY(
      "100 rows by primary key range",
      "SELECT id, quantity, price, note FROM sale WHERE id BETWEEN ? AND ?"),
  HUNDRED_BY_INDEX(
      "100 rows by secondary index",
      "SELECT id, quantity, price, note FROM sale WHERE customer = ?"),
  MIXED(
      "80 % SELECT, 20 % UPDATE by key, 2 threads",
      "SELECT id, quantity, price, note FROM sale WHERE id = ?"),
  AGGREGATE(
      "COUNT and SUM with a changing filter",
      "SELECT count(*), sum(price) FROM sale WHERE quantity < ?"),
  JOIN(
      "3-table join with GROUP BY",
      "SELECT c.region, p.category, count(*), sum(s.price) FROM sale s"
          + " JOIN customer c ON c.id = s.customer JOIN product p ON p.id = s.product"
          + " GROUP BY c.region, p.category");

  /** What {@link #MIXED} does in one of five. */
  static final String UPDATE = "UPDATE sale SET quantity = ? WHERE id = ?";

  final String title;
  final String sql;

  QueryCase(String title, String sql) {
    this.title = title;
    this.sql = sql;
  }

  int threads() {
    return this == MIXED ? 2 : 1;
  }

  /** Whether {@code side} can run it as a user of it would. */
  boolean suits(String side) {
    return switch (this) {
      case MIXED -> !List.of("sqlite", "duckdb").contains(side);
      case TEN_BY_INDEX, TEN_BY_HASH, HUNDRED_BY_KEY, HUNDRED_BY_INDEX -> !side.equals("duckdb");
      case AGGREGATE, JOIN -> true;
    };
  }

  /** The parameters, from a random number. */
  long[] parameters(long random, long rows) {
    long positive = random >>> 1;
    return switch (this) {
      case TEN_BY_INDEX, TEN_BY_HASH -> new long[] {positive % (rows / 10)};
      case HUNDRED_BY_KEY -> {
        long from = positive % (rows - 100);
        yield new long[] {from, from + 99};
      }
      case HUNDRED_BY_INDEX -> new long[] {positive % (rows / 100)};
      case MIXED -> new long[] {positive % rows};
      case AGGREGATE -> new long[] {1 + positive % 99};
      case JOIN -> new long[0];
    };
  }
}
