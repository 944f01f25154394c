// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.List;

/** {@code pg_type}: the types that DistDB has, under PostgreSQL's numbers. */
final class PgType {
  private static final List<String> FUNCTIONS =
      List.of(
          "typinput", "typoutput", "typreceive", "typsend", "typmodin", "typmodout", "typanalyze");

  private PgType() {}

  static void addTo(PgRows rows, Environment environment) {
    for (TypeFacts type : TypeFacts.all()) {
      rows.add()
          .set("oid", type.oid())
          .set("typname", type.name())
          .set("typnamespace", Oids.PG_CATALOG)
          .set("typowner", Oids.BOOTSTRAP_ROLE)
          .set("typlen", type.length())
          .set("typbyval", type.byValue())
          .set("typtype", type.kind())
          .set("typcategory", type.category())
          .set("typispreferred", type.preferred())
          .set("typisdefined", true)
          .set("typdelim", ",")
          .set("typelem", type.element())
          .set("typarray", type.array())
          .set("typalign", type.align())
          .set("typstorage", type.storage())
          .set("typtypmod", -1)
          .set("typcollation", type.collation())
          .set("typsubscript", PgProc.oidOf(type.subscript()), type.subscript());
      for (int i = 0; i < FUNCTIONS.size(); i++) {
        String function = type.functions().get(i);
        rows.set(FUNCTIONS.get(i), PgProc.oidOf(function), function);
      }
    }
  }
}
