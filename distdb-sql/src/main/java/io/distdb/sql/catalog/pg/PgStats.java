// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.StatisticsStore;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.TypeOutput;
import java.util.List;

/** {@code pg_stats}: what ANALYZE found out of columns. */
final class PgStats {
  private PgStats() {}

  static void addTo(PgRows rows, Environment environment) {
    try (Transaction transaction = environment.latest()) {
      StatisticsStore store = new StatisticsStore(transaction);
      for (Table table : environment.catalog().tables()) {
        for (int i = 0; i < table.columns().size(); i++) {
          TableColumn column = table.columns().get(i);
          store
              .read(table, i)
              .ifPresent(statistics -> add(rows, table, column, statistics, environment));
        }
      }
    }
  }

  private static void add(
      PgRows rows,
      Table table,
      TableColumn column,
      ColumnStatistics statistics,
      Environment environment) {
    rows.add()
        .set("schemaname", table.schema())
        .set("tablename", table.name())
        .set("attname", column.name())
        .set("inherited", false)
        .set("null_frac", statistics.nullFraction())
        .set("avg_width", statistics.averageWidth())
        .set("n_distinct", statistics.distinct());
    if (!statistics.common().isEmpty()) {
      rows.set("most_common_vals", text(statistics.common(), column, environment))
          .set("most_common_freqs", statistics.frequencies());
    }
    if (!statistics.histogram().isEmpty()) {
      rows.set("histogram_bounds", text(statistics.histogram(), column, environment));
    }
  }

  /** As an array of the column's type is written. */
  private static String text(List<Value> values, TableColumn column, Environment environment) {
    SqlType type = column.type().unmodified();
    SqlArray array = SqlArray.of(type instanceof SqlType.Array a ? a.element() : type, values);
    return TypeOutput.text(new Value.ArrayValue(array), environment.zone());
  }
}
