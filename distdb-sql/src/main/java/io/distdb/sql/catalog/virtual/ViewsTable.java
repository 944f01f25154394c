// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.views}. */
final class ViewsTable implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "views";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "table_catalog",
        "table_schema",
        "table_name",
        "view_definition",
        "check_option",
        "is_updatable",
        "is_insertable_into",
        "is_trigger_updatable",
        "is_trigger_deletable",
        "is_trigger_insertable_into");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (View view : catalog.views()) {
      rows.add(
          Rows.row(
              Rows.CATALOG,
              view.schema(),
              view.name(),
              view.text(),
              "NONE",
              "NO",
              "NO",
              "NO",
              "NO",
              "NO"));
    }
    return rows;
  }
}
