// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;

/** {@code pg_language}: functions are written in Java, which clients know as {@code internal}. */
final class PgLanguage {
  static final long INTERNAL = 12;

  private PgLanguage() {}

  static void addTo(PgRows rows, Environment environment) {
    rows.add().set("oid", INTERNAL).set("lanname", "internal").set("lanowner", Oids.BOOTSTRAP_ROLE);
  }
}
