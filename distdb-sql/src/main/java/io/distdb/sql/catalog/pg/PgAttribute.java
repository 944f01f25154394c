// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogObjects.OfIndex;
import io.distdb.sql.catalog.CatalogObjects.OfKey;
import io.distdb.sql.catalog.CatalogObjects.OfSequence;
import io.distdb.sql.catalog.CatalogObjects.OfTable;
import io.distdb.sql.catalog.CatalogObjects.OfView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/**
 * {@code pg_attribute}: columns of everything that is in {@code pg_class}. A column's number is its
 * slot in stored rows, from 1: one that was dropped keeps its own until the rows are stored anew.
 * Columns that every table has, such as {@code ctid}, are not listed: there are none.
 */
final class PgAttribute {
  private PgAttribute() {}

  static void addTo(PgRows rows, Environment environment) {
    for (SystemRelations.SystemRelation system : SystemRelations.shown()) {
      for (int i = 0; i < system.columns().size(); i++) {
        View.Column column = system.columns().get(i);
        add(rows, system.oid(), i + 1, column.name(), column.type())
            .set("attnotnull", system.notNull().test(i));
      }
    }
    Owners owners = new Owners(environment.catalog());
    for (CatalogObjects.Relation relation : environment.catalog().objects().relations()) {
      long oid = relation.oid();
      switch (relation) {
        case OfTable(Table table) -> addTable(rows, oid, table, owners);
        case OfKey(Table table) -> addKey(rows, oid, table);
        case OfIndex(Table table, IndexDefinition index) -> addIndex(rows, oid, table, index);
        case OfSequence sequence -> addSequence(rows, oid);
        case OfView(View view) -> addAll(rows, oid, view.columns());
      }
    }
  }

  private static void addAll(PgRows rows, long oid, List<View.Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      add(rows, oid, i + 1, columns.get(i).name(), columns.get(i).type());
    }
  }

  private static PgRows add(PgRows rows, long relation, int number, String name, SqlType type) {
    TypeFacts facts = TypeFacts.of(type);
    boolean array = type instanceof SqlType.Array known && !known.vector();
    return rows.add()
        .set("attrelid", relation)
        .set("attname", name)
        .set("atttypid", facts.oid())
        .set("attstattarget", -1)
        .set("attlen", facts.length())
        .set("attnum", number)
        .set("attndims", array ? 1 : 0)
        .set("attcacheoff", -1)
        .set("atttypmod", TypeOids.modifier(type))
        .set("attbyval", facts.byValue())
        .set("attalign", facts.align())
        .set("attstorage", facts.storage())
        .set("attislocal", true)
        .set("attcollation", facts.collation());
  }

  private static void addTable(PgRows rows, long oid, Table table, Owners owners) {
    int slots = table.columns().size() + table.dropped().size();
    for (int slot = 0; slot < slots; slot++) {
      int ordinal = table.ordinalOfSlot(slot);
      if (ordinal < 0) {
        addDropped(rows, oid, slot + 1);
        continue;
      }
      TableColumn column = table.columns().get(ordinal);
      boolean identity = column.identity().isPresent();
      add(rows, oid, slot + 1, column.name(), column.type())
          .set("attcollation", SystemRoutines.collationOf(column))
          .set("attnotnull", column.notNull())
          .set("atthasdef", !identity && column.defaultText().isPresent())
          .set("attidentity", column.identity().map(PgAttribute::identity).orElse(""));
      owners.setOfColumn(rows, table.id().value(), slot);
    }
  }

  private static String identity(TableColumn.Identity identity) {
    return switch (identity) {
      case ALWAYS -> "a";
      case BY_DEFAULT -> "d";
    };
  }

  private static void addDropped(PgRows rows, long oid, int number) {
    rows.add()
        .set("attrelid", oid)
        .set("attname", "........pg.dropped." + number + "........")
        .set("attstattarget", 0)
        .set("attnum", number)
        .set("attcacheoff", -1)
        .set("atttypmod", -1)
        .set("attalign", "i")
        .set("attstorage", "p")
        .set("attisdropped", true)
        .set("attislocal", true);
  }

  private static void addKey(PgRows rows, long oid, Table table) {
    for (int i = 0; i < table.primaryKey().size(); i++) {
      TableColumn column = table.columns().get(table.primaryKey().get(i));
      add(rows, oid, i + 1, column.name(), column.type())
          .set("attcollation", SystemRoutines.collationOf(column));
    }
  }

  private static void addIndex(PgRows rows, long oid, Table table, IndexDefinition index) {
    for (int i = 0; i < index.parts().size(); i++) {
      TableColumn column = table.columns().get(index.parts().get(i).ordinal());
      add(rows, oid, i + 1, column.name(), column.type())
          .set("attcollation", SystemRoutines.collationOf(column));
    }
  }

  private static void addSequence(PgRows rows, long oid) {
    add(rows, oid, 1, "last_value", SqlType.BIGINT).set("attnotnull", true);
    add(rows, oid, 2, "log_cnt", SqlType.BIGINT).set("attnotnull", true);
    add(rows, oid, 3, "is_called", SqlType.BOOLEAN).set("attnotnull", true);
  }
}
