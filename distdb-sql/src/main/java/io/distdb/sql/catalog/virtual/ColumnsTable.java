// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.columns}. */
final class ColumnsTable implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position#",
        "column_default",
        "is_nullable",
        "data_type",
        "character_maximum_length#",
        "character_octet_length#",
        "numeric_precision#",
        "numeric_precision_radix#",
        "numeric_scale#",
        "datetime_precision#",
        "udt_catalog",
        "udt_schema",
        "udt_name",
        "is_self_referencing",
        "is_identity",
        "identity_generation",
        "is_generated",
        "generation_expression",
        "is_updatable");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (int i = 0; i < table.columns().size(); i++) {
        rows.add(row(table, i));
      }
    }
    for (View view : catalog.views()) {
      for (int i = 0; i < view.columns().size(); i++) {
        View.Column column = view.columns().get(i);
        rows.add(
            row(
                view.schema(),
                view.name(),
                i + 1,
                new TableColumn(column.name(), column.type(), false),
                false));
      }
    }
    return rows;
  }

  private static List<Value> row(Table table, int ordinal) {
    return row(table.schema(), table.name(), ordinal + 1, table.columns().get(ordinal), true);
  }

  private static List<Value> row(
      String schema, String table, int position, TableColumn column, boolean updatable) {
    DataTypes type = DataTypes.of(column.type());
    boolean identity = column.identity().isPresent();
    return Rows.row(
        Rows.CATALOG,
        schema,
        table,
        column.name(),
        position,
        identity ? null : column.defaultText().orElse(null),
        Rows.yesOrNo(!column.notNull()),
        type.name(),
        type.length(),
        type.octets(),
        type.precision(),
        type.radix(),
        type.scale(),
        type.datetimePrecision(),
        Rows.CATALOG,
        "pg_catalog",
        column.type().shortName(),
        "NO",
        Rows.yesOrNo(identity),
        column.identity().map(kind -> kind.name().replace('_', ' ')).orElse(null),
        "NEVER",
        null, // no column is generated
        Rows.yesOrNo(updatable));
  }
}
