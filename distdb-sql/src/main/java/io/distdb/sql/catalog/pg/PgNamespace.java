// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.function.Environment;

/**
 * {@code pg_namespace}: schemas. That of what only DistDB has is left out, so that no client takes
 * it for a user's.
 */
final class PgNamespace {
  private PgNamespace() {}

  static void addTo(PgRows rows, Environment environment) {
    add(rows, Oids.PG_CATALOG, PgTable.SCHEMA);
    Owners owners = new Owners(environment.catalog());
    for (Schema schema : environment.catalog().schemas()) {
      add(rows, Oids.of(schema), schema.name());
      owners.set(rows, "nspowner", "nspacl", schema.id());
    }
    add(rows, Oids.INFORMATION_SCHEMA, "information_schema");
  }

  private static void add(PgRows rows, long oid, String name) {
    rows.add().set("oid", oid).set("nspname", name).set("nspowner", Oids.BOOTSTRAP_ROLE);
  }

  /** The number of the schema of that name. */
  static long oid(Environment environment, String name) {
    return SystemRelations.schema(name)
        .or(() -> environment.catalog().schema(name).map(Oids::of))
        .orElse(0L);
  }
}
