// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.grant.GrantTables;
import io.distdb.sql.live.LiveTable;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.tables}. */
final class TablesTable implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "table_catalog",
        "table_schema",
        "table_name",
        "table_type",
        "self_referencing_column_name",
        "reference_generation",
        "user_defined_type_catalog",
        "user_defined_type_schema",
        "user_defined_type_name",
        "is_insertable_into",
        "is_typed",
        "commit_action");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      rows.add(row(table.schema(), table.name(), "BASE TABLE"));
    }
    for (View view : catalog.views()) {
      rows.add(row(view.schema(), view.name(), "VIEW"));
    }
    for (VirtualTable table : VirtualTables.all()) {
      if (table.schema().equals(Rows.INFORMATION_SCHEMA)) {
        rows.add(row(table.schema(), table.name(), "VIEW"));
      }
    }
    for (LiveTable table : GrantTables.all()) {
      rows.add(row(table.schema(), table.name(), "VIEW"));
    }
    return rows;
  }

  private static List<Value> row(String schema, String name, String type) {
    return Rows.row(
        Rows.CATALOG,
        schema,
        name,
        type.equals("BASE TABLE") && Schema.isTemporary(schema) ? "LOCAL TEMPORARY" : type,
        null,
        null,
        null,
        null,
        null,
        Rows.yesOrNo(type.equals("BASE TABLE")),
        "NO",
        null);
  }
}
