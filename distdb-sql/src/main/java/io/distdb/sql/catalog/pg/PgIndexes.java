// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogObjects.OfIndex;
import io.distdb.sql.catalog.CatalogObjects.OfKey;
import io.distdb.sql.catalog.CatalogObjects.OfSequence;
import io.distdb.sql.catalog.CatalogObjects.OfTable;
import io.distdb.sql.catalog.CatalogObjects.OfView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;

/** {@code pg_indexes}: indexes with the statements that make them. */
final class PgIndexes {
  private PgIndexes() {}

  static void addTo(PgRows rows, Environment environment) {
    for (CatalogObjects.Relation relation : environment.catalog().objects().relations()) {
      switch (relation) {
        case OfKey(Table table) -> add(rows, relation, table, environment);
        case OfIndex(Table table, var index) -> add(rows, relation, table, environment);
        case OfTable table -> {}
        case OfSequence sequence -> {}
        case OfView view -> {}
      }
    }
  }

  private static void add(
      PgRows rows, CatalogObjects.Relation index, Table table, Environment environment) {
    rows.add()
        .set("schemaname", table.schema())
        .set("tablename", table.name())
        .set("indexname", index.name())
        .set("indexdef", environment.definitions().index(index.oid(), 0, false).orElse(null));
  }
}
