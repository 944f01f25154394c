// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.SessionControl;
import java.util.List;

/** {@code pg_cursors} (PostgreSQL's documentation, 54.6): of this session. */
final class PgCursors implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "name text, statement text, is_holdable bool, is_binary bool, is_scrollable bool,"
              + " creation_time timestamptz");

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_cursors";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.session().cursors().stream().map(PgCursors::row).toList();
  }

  private static List<Value> row(SessionControl.OpenCursor row) {
    return new LiveRow()
        .text(row.name())
        .text(row.statement())
        .bool(row.holdable())
        .bool(row.binary())
        .bool(row.scrollable())
        .moment(row.createdMicros())
        .values();
  }
}
