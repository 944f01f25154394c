// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.schemata}. */
final class Schemata implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "schemata";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "catalog_name",
        "schema_name",
        "schema_owner",
        "default_character_set_catalog",
        "default_character_set_schema",
        "default_character_set_name",
        "sql_path");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Schema schema : catalog.schemas()) {
      long owner = catalog.authority().of(schema.id()).owner();
      rows.add(row(schema.name(), catalog.authority().roles().name(owner)));
    }
    String first = catalog.authority().roles().name(Role.FIRST);
    rows.add(row(Rows.INFORMATION_SCHEMA, first));
    return rows;
  }

  private static List<Value> row(String name, String owner) {
    return Rows.row(Rows.CATALOG, name, owner, null, null, null, null);
  }
}
