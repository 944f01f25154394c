// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.statement.Definition;
import io.distdb.sql.catalog.statement.DefinitionOrder;
import java.util.ArrayList;
import java.util.List;

/** {@code distdb.definitions}: the statements that a dump of the database consists of. */
final class DefinitionsTable implements VirtualTable {
  @Override
  public String schema() {
    return "distdb";
  }

  @Override
  public String name() {
    return "definitions";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "position#", "section", "kind", "schema_name", "object_name", "table_name", "statement");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Definition definition : DefinitionOrder.of(catalog)) {
      rows.add(
          Rows.row(
              rows.size() + 1,
              definition.kind().section().text(),
              definition.kind().text(),
              definition.schema(),
              definition.name(),
              definition.table().isEmpty() ? null : definition.table(),
              definition.statement()));
    }
    return rows;
  }
}
