// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.referential_constraints}. */
final class ReferentialConstraints implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "referential_constraints";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "constraint_catalog",
        "constraint_schema",
        "constraint_name",
        "unique_constraint_catalog",
        "unique_constraint_schema",
        "unique_constraint_name",
        "match_option",
        "update_rule",
        "delete_rule");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (Constraint.ForeignKey key : table.foreignKeys()) {
        UniqueKeys.Key unique = UniqueKeys.referenced(key, catalog);
        rows.add(
            Rows.row(
                Rows.CATALOG,
                table.schema(),
                key.name(),
                Rows.CATALOG,
                unique.table().schema(),
                unique.name(),
                key.matchFull() ? "FULL" : "NONE",
                key.onUpdate().words(),
                key.onDelete().words()));
      }
    }
    return rows;
  }
}
