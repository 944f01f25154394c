// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.constraint_column_usage}. */
final class ConstraintColumnUsage implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "constraint_column_usage";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "constraint_catalog",
        "constraint_schema",
        "constraint_name");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (Constraint constraint : table.constraints()) {
        Table used = table;
        List<Integer> columns = constraint.columns();
        if (constraint instanceof Constraint.ForeignKey key) {
          used = catalog.table(key.referenced()).orElseThrow();
          columns = key.referencedColumns();
        }
        for (int ordinal : columns) {
          rows.add(
              Rows.row(
                  Rows.CATALOG,
                  used.schema(),
                  used.name(),
                  used.columns().get(ordinal).name(),
                  Rows.CATALOG,
                  table.schema(),
                  constraint.name()));
        }
      }
    }
    return rows;
  }
}
