// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;

/**
 * {@code pg_tablespace}: the two that every PostgreSQL has. DistDB has one place for everything.
 */
final class PgTablespace {
  private static final long GLOBAL = 1664;

  private PgTablespace() {}

  static void addTo(PgRows rows, Environment environment) {
    add(rows, Oids.DEFAULT_TABLESPACE, "pg_default");
    add(rows, GLOBAL, "pg_global");
  }

  private static void add(PgRows rows, long oid, String name) {
    rows.add().set("oid", oid).set("spcname", name).set("spcowner", Oids.BOOTSTRAP_ROLE);
  }
}
