// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;

/** {@code pg_collation}: texts are ordered by code point under each of these names. */
final class PgCollation {
  private PgCollation() {}

  static void addTo(PgRows rows, Environment environment) {
    SystemRoutines.collations()
        .forEach((name, oid) -> {
          boolean named = !name.equals("default");
          rows.add()
              .set("oid", oid)
              .set("collname", name)
              .set("collnamespace", Oids.PG_CATALOG)
              .set("collowner", Oids.BOOTSTRAP_ROLE)
              .set("collprovider", named ? "c" : "d")
              .set("collisdeterministic", true)
              .set("collencoding", -1);
          if (named) {
            rows.set("collcollate", name).set("collctype", name);
          }
        });
  }
}
