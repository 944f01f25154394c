// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.function.Environment;

/** {@code pg_cast}: {@code casts.txt}. */
final class PgCast {
  private PgCast() {}

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : Facts.lines("casts.txt")) {
      rows.add()
          .set("oid", Long.parseLong(words[0]))
          .set("castsource", TypeFacts.named(words[1]).oid())
          .set("casttarget", TypeFacts.named(words[2]).oid())
          .set("castfunc", Long.parseLong(words[3]))
          .set("castcontext", words[4])
          .set("castmethod", words[5]);
    }
  }
}
