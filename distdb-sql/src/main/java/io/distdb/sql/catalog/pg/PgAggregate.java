// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.function.Environment;

/**
 * {@code pg_aggregate}: which functions are aggregates. How they are computed is not made of
 * functions here, so that those columns are empty.
 */
final class PgAggregate {
  private PgAggregate() {}

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : PgProc.all()) {
      if (words[4].equals("a")) {
        rows.add()
            .set("aggfnoid", Long.parseLong(words[0]), words[1])
            .set("aggkind", PgProc.isOrdered(words[1]) ? "o" : "n");
      }
    }
  }
}
