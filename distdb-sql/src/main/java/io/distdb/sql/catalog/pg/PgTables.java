// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;

/** {@code pg_tables}: tables, those of the system among them. */
final class PgTables {
  private PgTables() {}

  static void addTo(PgRows rows, Environment environment) {
    Owners owners = new Owners(environment.catalog());
    for (SystemRelations.SystemRelation system : SystemRelations.shown()) {
      if (!system.view()) {
        add(rows, system.schema(), system.name(), owners.firstName(), false);
      }
    }
    for (Table table : environment.catalog().tables()) {
      boolean indexed = !table.hasRowId() || !table.indexes().isEmpty();
      add(rows, table.schema(), table.name(), owners.name(table.id().value()), indexed);
    }
  }

  private static void add(PgRows rows, String schema, String name, String owner, boolean indexed) {
    rows.add()
        .set("schemaname", schema)
        .set("tablename", name)
        .set("tableowner", owner)
        .set("hasindexes", indexed)
        .set("hasrules", false)
        .set("hastriggers", false)
        .set("rowsecurity", false);
  }
}
