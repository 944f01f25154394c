// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.function.Environment;

/** {@code pg_attrdef}: defaults. An expression is its own text where PostgreSQL has a tree. */
final class PgAttrdef {
  private PgAttrdef() {}

  static void addTo(PgRows rows, Environment environment) {
    for (Table table : environment.catalog().tables()) {
      for (int i = 0; i < table.columns().size(); i++) {
        TableColumn column = table.columns().get(i);
        if (column.identity().isEmpty() && column.defaultText().isPresent()) {
          int slot = table.slotOf(i);
          rows.add()
              .set("oid", Oids.ofMember(table.id().value(), slot))
              .set("adrelid", Oids.of(table))
              .set("adnum", slot + 1)
              .set("adbin", column.defaultText().get());
        }
      }
    }
  }
}
