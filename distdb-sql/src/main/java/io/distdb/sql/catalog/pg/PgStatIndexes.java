// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogObjects.OfIndex;
import io.distdb.sql.catalog.CatalogObjects.OfKey;
import io.distdb.sql.catalog.CatalogObjects.OfSequence;
import io.distdb.sql.catalog.CatalogObjects.OfTable;
import io.distdb.sql.catalog.CatalogObjects.OfView;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;

/**
 * {@code pg_stat_all_indexes} and {@code pg_stat_user_indexes}: which indexes there are. Their use
 * is not counted, and NULL.
 */
final class PgStatIndexes {
  private PgStatIndexes() {}

  static void addTo(PgRows rows, Environment environment) {
    for (CatalogObjects.Relation relation : environment.catalog().objects().relations()) {
      switch (relation) {
        case OfKey(Table table) -> add(rows, relation, table);
        case OfIndex(Table table, var index) -> add(rows, relation, table);
        case OfTable table -> {}
        case OfSequence sequence -> {}
        case OfView view -> {}
      }
    }
  }

  private static void add(PgRows rows, CatalogObjects.Relation index, Table table) {
    rows.add()
        .set("relid", Oids.of(table))
        .set("indexrelid", index.oid())
        .set("schemaname", table.schema())
        .set("relname", table.name())
        .set("indexrelname", index.name());
  }
}
