// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.CatalogNames;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.SessionControl;
import java.util.List;

/** {@code pg_prepared_statements} (PostgreSQL's documentation, 54.16): of this session. */
final class PgPreparedStatements implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "name text, statement text, prepare_time timestamptz, parameter_types _regtype,"
              + " from_sql bool, generic_plans int8, custom_plans int8");

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_prepared_statements";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    CatalogNames names = environment.names();
    return environment.session().statementsPrepared().stream().map(row -> row(row, names)).toList();
  }

  private static List<Value> row(SessionControl.NamedPlan row, CatalogNames names) {
    List<Value> types =
        row.parameterTypes().stream()
            .<Value>map(type ->
                new Value.ReferenceValue(names.of(SqlType.Scalar.REGTYPE, TypeOids.of(type))))
            .toList();
    return new LiveRow()
        .text(row.name())
        .text(row.statement())
        .moment(row.madeMicros())
        .value(new Value.ArrayValue(SqlArray.of(SqlType.REGTYPE, types)))
        .bool(row.fromSql())
        .bigint(row.genericRuns())
        .bigint(row.customRuns())
        .values();
  }
}
