// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexKind;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogObjects.OfIndex;
import io.distdb.sql.catalog.CatalogObjects.OfKey;
import io.distdb.sql.catalog.CatalogObjects.OfSequence;
import io.distdb.sql.catalog.CatalogObjects.OfTable;
import io.distdb.sql.catalog.CatalogObjects.OfView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code pg_class}: tables, indexes, sequences and views. The index that a primary key has in
 * PostgreSQL is the table's own rows. There are no row types: {@code reltype} is 0.
 */
final class PgClass {
  private static final int SEQUENCE_COLUMNS = 3;

  private PgClass() {}

  static void addTo(PgRows rows, Environment environment) {
    for (SystemRelations.SystemRelation system : SystemRelations.shown()) {
      begin(rows, system.oid(), system.name(), system.schemaOid(), system.view() ? "v" : "r")
          .set("relam", system.view() ? 0 : Oids.HEAP)
          .set("relnatts", system.columns().size())
          .set("reltuples", -1)
          .set("relhasrules", system.view());
    }
    Owners owners = new Owners(environment.catalog());
    Set<TableId> referenced = new HashSet<>();
    environment
        .catalog()
        .tables()
        .forEach(table -> table.foreignKeys().forEach(key -> referenced.add(key.referenced())));
    for (CatalogObjects.Relation relation : environment.catalog().objects().relations()) {
      add(rows, relation, PgNamespace.oid(environment, relation.schema()));
      switch (relation) {
        case OfTable(Table table) -> {
          owners.set(rows, "relowner", "relacl", table.id().value());
          boolean keys = !table.foreignKeys().isEmpty() || referenced.contains(table.id());
          rows.set("relhastriggers", keys);
        }
        case OfSequence(var sequence) -> owners.set(rows, "relowner", "relacl", sequence.id());
        case OfView(var view) -> owners.set(rows, "relowner", "relacl", view.id());
        case OfKey(Table table) -> owners.set(rows, "relowner", table.id().value());
        case OfIndex(Table table, var index) -> owners.set(rows, "relowner", table.id().value());
      }
    }
  }

  private static PgRows begin(PgRows rows, long oid, String name, long schema, String kind) {
    return rows.add()
        .set("oid", oid)
        .set("relname", name)
        .set("relnamespace", schema)
        .set("relkind", kind)
        .set("relowner", Oids.BOOTSTRAP_ROLE)
        .set("relpersistence", "p")
        .set("relispopulated", true)
        .set("relreplident", "n");
  }

  private static void add(PgRows rows, CatalogObjects.Relation relation, long schema) {
    begin(rows, relation.oid(), relation.name(), schema, kind(relation))
        .set("relpersistence", Schema.isTemporary(relation.schema()) ? "t" : "p");
    switch (relation) {
      case OfTable(Table table) -> addTable(rows, relation.oid(), table);
      case OfKey(Table table) -> addIndex(rows, relation, table.primaryKey().size(), Oids.BTREE);
      case OfIndex(Table table, var index) ->
          addIndex(
              rows,
              relation,
              index.parts().size(),
              index.kind() == IndexKind.BTREE ? Oids.BTREE : Oids.HASH);
      case OfSequence sequence ->
          rows.set("relfilenode", relation.oid())
              .set("relpages", 1)
              .set("reltuples", 1)
              .set("relnatts", SEQUENCE_COLUMNS);
      case OfView(var view) ->
          rows.set("relnatts", view.columns().size()).set("reltuples", -1).set("relhasrules", true);
    }
  }

  static String kind(CatalogObjects.Relation relation) {
    return switch (relation) {
      case OfTable table -> "r";
      case OfKey key -> "i";
      case OfIndex index -> "i";
      case OfSequence sequence -> "S";
      case OfView view -> "v";
    };
  }

  private static void addTable(PgRows rows, long oid, Table table) {
    long checks = table.constraints().stream().filter(Constraint.Check.class::isInstance).count();
    rows.set("relam", Oids.HEAP)
        .set("relfilenode", oid)
        .set("relhasindex", !table.hasRowId() || !table.indexes().isEmpty())
        .set("relnatts", table.columns().size() + table.dropped().size())
        .set("relchecks", checks)
        .set("relreplident", "d")
        .set("reltuples", -1);
  }

  private static void addIndex(
      PgRows rows, CatalogObjects.Relation relation, int columns, long method) {
    rows.set("relam", method).set("relfilenode", relation.oid()).set("relnatts", columns);
  }
}
