// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.table_constraints}. */
final class TableConstraints implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "table_constraints";
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
        "constraint_type",
        "is_deferrable",
        "initially_deferred",
        "enforced");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (Constraint constraint : table.constraints()) {
        rows.add(row(table, constraint));
      }
    }
    return rows;
  }

  private static List<Value> row(Table table, Constraint constraint) {
    boolean deferrable = constraint instanceof Constraint.ForeignKey key && key.deferrable();
    boolean deferred = constraint instanceof Constraint.ForeignKey key && key.initiallyDeferred();
    return Rows.row(
        Rows.CATALOG,
        table.schema(),
        constraint.name(),
        Rows.CATALOG,
        table.schema(),
        table.name(),
        type(constraint),
        Rows.yesOrNo(deferrable),
        Rows.yesOrNo(deferred),
        "YES");
  }

  private static String type(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> "PRIMARY KEY";
      case Constraint.Unique ignored -> "UNIQUE";
      case Constraint.Check ignored -> "CHECK";
      case Constraint.ForeignKey ignored -> "FOREIGN KEY";
    };
  }
}
