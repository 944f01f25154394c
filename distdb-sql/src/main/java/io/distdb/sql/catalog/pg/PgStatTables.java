// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.txn.Transaction;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.Environment;

/**
 * {@code pg_stat_all_tables} and {@code pg_stat_user_tables}: how many rows there are, an estimate.
 * What PostgreSQL counts of scans and changes is not counted, and NULL.
 */
final class PgStatTables {
  private PgStatTables() {}

  static void addTo(PgRows rows, Environment environment) {
    try (Transaction transaction = environment.latest()) {
      for (Table table : environment.catalog().tables()) {
        rows.add()
            .set("relid", Oids.of(table))
            .set("schemaname", table.schema())
            .set("relname", table.name())
            .set("n_live_tup", transaction.estimatedEntries(table.rows()));
      }
    }
  }
}
