// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;

/** {@code pg_opfamily}: {@code opfamilies.txt}. */
final class PgOpfamily {
  private PgOpfamily() {}

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : Facts.lines("opfamilies.txt")) {
      rows.add()
          .set("oid", Long.parseLong(words[0]))
          .set("opfmethod", words[2].equals("btree") ? Oids.BTREE : Oids.HASH)
          .set("opfname", words[1])
          .set("opfnamespace", Oids.PG_CATALOG)
          .set("opfowner", Oids.BOOTSTRAP_ROLE);
    }
  }
}
