// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.Value;
import io.distdb.sql.activity.StatementRow;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/**
 * {@code pg_stat_statements} (PostgreSQL's documentation, F.32), as far as it is counted here: of
 * this database, all users together. Times are milliseconds.
 */
final class PgStatStatements implements LiveTable {
  private static final double MILLISECOND = 1e6;

  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "queryid int8, query text, calls int8, total_exec_time float8, min_exec_time float8,"
              + " max_exec_time float8, mean_exec_time float8, rows int8");

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_stat_statements";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.session().statements().stream().map(PgStatStatements::row).toList();
  }

  private static List<Value> row(StatementRow row) {
    return new LiveRow()
        .bigint(row.id())
        .text(row.query())
        .bigint(row.calls())
        .number(row.totalNanos() / MILLISECOND)
        .number(row.minNanos() / MILLISECOND)
        .number(row.maxNanos() / MILLISECOND)
        .number(row.totalNanos() / MILLISECOND / row.calls())
        .bigint(row.rows())
        .values();
  }
}
