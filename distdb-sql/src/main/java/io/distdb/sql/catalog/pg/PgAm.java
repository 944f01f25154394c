// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;

/** {@code pg_am}: how tables and indexes are kept. */
final class PgAm {
  private PgAm() {}

  static void addTo(PgRows rows, Environment environment) {
    add(rows, Oids.HEAP, "heap", "t").set("amhandler", 3, "heap_tableam_handler");
    add(rows, Oids.BTREE, "btree", "i").set("amhandler", 330, "bthandler");
    add(rows, Oids.HASH, "hash", "i").set("amhandler", 331, "hashhandler");
  }

  private static PgRows add(PgRows rows, long oid, String name, String kind) {
    return rows.add().set("oid", oid).set("amname", name).set("amtype", kind);
  }
}
