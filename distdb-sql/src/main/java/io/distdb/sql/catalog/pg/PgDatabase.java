// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.Map;

/** {@code pg_database}: the databases of the store. */
final class PgDatabase {
  private static final int UTF8 = 6;

  /** PostgreSQL's number of the database {@code postgres}, which is the main one here too. */
  private static final long MAIN = 5;

  private PgDatabase() {}

  static void addTo(PgRows rows, Environment environment) {
    for (Map.Entry<String, Long> database : environment.databases().entrySet()) {
      rows.add()
          .set("oid", database.getValue() == 0 ? MAIN : Oids.of(database.getValue()))
          .set("datname", database.getKey())
          .set("datdba", Oids.BOOTSTRAP_ROLE)
          .set("encoding", UTF8)
          .set("datlocprovider", "c")
          .set("datallowconn", true)
          .set("datconnlimit", -1)
          .set("dattablespace", Oids.DEFAULT_TABLESPACE)
          .set("datcollate", "C.UTF-8")
          .set("datctype", "C.UTF-8");
    }
  }
}
