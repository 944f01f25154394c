// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.Map;

/** {@code pg_database}: the databases of the store. */
final class PgDatabase {
  private static final int UTF8 = 6;

  private PgDatabase() {}

  static void addTo(PgRows rows, Environment environment) {
    Owners owners = new Owners(environment.catalog());
    for (Map.Entry<String, Long> database : environment.databases().entrySet()) {
      ObjectAccess access = environment.accessOf(database.getKey());
      rows.add()
          .set("oid", Oids.ofDatabase(database.getValue()))
          .set("datname", database.getKey())
          .set("datdba", Oids.ofRole(access.owner()))
          .set("encoding", UTF8)
          .set("datlocprovider", "c")
          .set("datallowconn", true)
          .set("datconnlimit", -1)
          .set("dattablespace", Oids.DEFAULT_TABLESPACE)
          .set("datcollate", "C.UTF-8")
          .set("datctype", "C.UTF-8");
      access.acl().ifPresent(acl -> owners.set(rows, "datacl", acl));
    }
  }
}
