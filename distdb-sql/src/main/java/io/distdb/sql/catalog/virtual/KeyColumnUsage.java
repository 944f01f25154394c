// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.key_column_usage}. */
final class KeyColumnUsage implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "key_column_usage";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "constraint_catalog",
        "constraint_schema",
        "constraint_name",
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position#",
        "position_in_unique_constraint#");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (Constraint constraint : table.constraints()) {
        if (!(constraint instanceof Constraint.Check)) {
          add(rows, table, constraint, catalog);
        }
      }
    }
    return rows;
  }

  private static void add(
      List<List<Value>> rows, Table table, Constraint constraint, CatalogView catalog) {
    for (int i = 0; i < constraint.columns().size(); i++) {
      Integer position = null;
      if (constraint instanceof Constraint.ForeignKey key) {
        position =
            UniqueKeys.referenced(key, catalog).columns().indexOf(key.referencedColumns().get(i))
                + 1;
      }
      rows.add(
          Rows.row(
              Rows.CATALOG,
              table.schema(),
              constraint.name(),
              Rows.CATALOG,
              table.schema(),
              table.name(),
              table.columns().get(constraint.columns().get(i)).name(),
              i + 1,
              position));
    }
  }
}
