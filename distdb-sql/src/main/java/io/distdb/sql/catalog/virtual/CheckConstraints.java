// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.check_constraints}. */
final class CheckConstraints implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "check_constraints";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "constraint_catalog", "constraint_schema", "constraint_name", "check_clause");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (Constraint constraint : table.constraints()) {
        if (constraint instanceof Constraint.Check check) {
          rows.add(Rows.row(Rows.CATALOG, table.schema(), check.name(), "(" + check.text() + ")"));
        }
      }
      for (TableColumn column : table.columns()) {
        if (column.notNull()) {
          rows.add(
              Rows.row(
                  Rows.CATALOG,
                  table.schema(),
                  table.id().value() + "_" + column.name() + "_not_null",
                  column.name() + " IS NOT NULL"));
        }
      }
    }
    return rows;
  }
}
