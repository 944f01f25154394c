// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.client.Result;
import io.distdb.client.Tx;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;

/** DistDB in memory, through its own client. */
final class DistDbQuerySide implements QuerySide {
  private final Client client = Client.open();

  @Override
  public void load(long rows) {
    for (String table : TABLES) {
      client.execute("CREATE " + table);
    }
    client.execute("CREATE INDEX sale_batch ON sale (batch)");
    client.execute("CREATE INDEX sale_customer ON sale (customer)");
    client.execute("CREATE INDEX sale_lot ON sale USING hash (lot)");
    load("INSERT INTO customer VALUES ($1, $2, $3)", rows / 100, QuerySide::customer);
    load("INSERT INTO product VALUES ($1, $2, $3)", PRODUCTS, QuerySide::product);
    load(
        "INSERT INTO sale VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        rows,
        id -> QuerySide.sale(id, rows));
  }

  private void load(String sql, long rows, LongFunction<Object[]> row) {
    for (long from = 0; from < rows; from += LOAD_BATCH) {
      long first = from;
      client.transaction((Tx tx) -> {
        PreparedStatement insert = tx.prepare(sql);
        for (long id = first; id < Math.min(rows, first + LOAD_BATCH); id++) {
          insert.execute(row.apply(id));
        }
      });
    }
  }

  @Override
  public Session newSession() {
    Map<QueryCase, PreparedStatement> queries = new EnumMap<>(QueryCase.class);
    for (QueryCase what : QueryCase.values()) {
      queries.put(what, client.prepare(numbered(what.sql)));
    }
    PreparedStatement update = client.prepare(numbered(QueryCase.UPDATE));
    return new Session() {
      @Override
      public long query(QueryCase what, long... parameters) {
        PreparedStatement query = queries.get(what);
        try (Result result =
            switch (parameters.length) {
              case 0 -> query.query();
              case 1 -> query.query(parameters[0]);
              default -> query.query(parameters[0], parameters[1]);
            }) {
          return digest(what, result);
        }
      }

      @Override
      public void update(long id, int quantity) {
        update.execute(quantity, id);
      }

      @Override
      public void close() {}
    };
  }

  private static long digest(QueryCase what, Result result) {
    long digest = 0;
    while (result.next()) {
      digest +=
          switch (what) {
            case AGGREGATE -> result.getLong(0) + result.getLong(1);
            case JOIN ->
                result.getInt(0)
                    + result.getString(1).length()
                    + result.getLong(2)
                    + result.getLong(3);
            case TEN_BY_INDEX, TEN_BY_HASH, HUNDRED_BY_KEY, HUNDRED_BY_INDEX, MIXED ->
                result.getLong(0)
                    + result.getInt(1)
                    + result.getLong(2)
                    + result.getString(3).length();
          };
    }
    return digest;
  }

  /** With {@code $1}, {@code $2} in place of the question marks. */
  private static String numbered(String sql) {
    return sql.replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2");
  }

  @Override
  public void close() {
    client.close();
  }
}
