// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.index.IndexKind;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/** {@code pg_index}. */
final class PgIndex {
  private static final int DESCENDING = 1;
  private static final int NULLS_FIRST = 2;

  private PgIndex() {}

  static void addTo(PgRows rows, Environment environment) {
    for (Table table : environment.catalog().tables()) {
      if (!table.hasRowId()) {
        List<IndexDefinition.Part> parts =
            table.primaryKey().stream()
                .map(ordinal -> new IndexDefinition.Part(ordinal, false, false))
                .toList();
        add(rows, table, Oids.ofKey(table), parts, Oids.BTREE)
            .set("indisunique", true)
            .set("indisprimary", true);
      }
      for (IndexDefinition index : table.indexes()) {
        long method = index.kind() == IndexKind.BTREE ? Oids.BTREE : Oids.HASH;
        add(rows, table, Oids.of(index), index.parts(), method).set("indisunique", index.unique());
      }
    }
  }

  private static PgRows add(
      PgRows rows, Table table, long oid, List<IndexDefinition.Part> parts, long method) {
    List<Integer> columns = new ArrayList<>();
    List<Long> collations = new ArrayList<>();
    List<Long> classes = new ArrayList<>();
    List<Integer> options = new ArrayList<>();
    for (IndexDefinition.Part part : parts) {
      columns.add(table.slotOf(part.ordinal()) + 1);
      TableColumn column = table.columns().get(part.ordinal());
      TypeFacts type = TypeFacts.of(column.type());
      collations.add(SystemRoutines.collationOf(column));
      classes.add(PgOpclass.of(method, type));
      options.add((part.descending() ? DESCENDING : 0) + (part.nullsFirst() ? NULLS_FIRST : 0));
    }
    return rows.add()
        .set("indexrelid", oid)
        .set("indrelid", Oids.of(table))
        .set("indnatts", parts.size())
        .set("indnkeyatts", parts.size())
        .set("indimmediate", true)
        .set("indisvalid", true)
        .set("indisready", true)
        .set("indislive", true)
        .set("indkey", columns)
        .set("indcollation", collations)
        .set("indclass", classes)
        .set("indoption", options);
  }
}
