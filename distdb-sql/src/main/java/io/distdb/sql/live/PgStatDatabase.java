// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.Value;
import io.distdb.sql.activity.DatabaseRow;
import io.distdb.sql.activity.SessionCounts;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_stat_database} (PostgreSQL's documentation, 28.2.17), since the database was opened.
 * There are no blocks, standbys and checksums of pages here, so that their numbers are 0 or NULL as
 * in PostgreSQL without them; what there is and is not counted is NULL.
 */
final class PgStatDatabase implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "datid oid, datname name, numbackends int4, xact_commit int8, xact_rollback int8,"
              + " blks_read int8, blks_hit int8, tup_returned int8, tup_fetched int8,"
              + " tup_inserted int8, tup_updated int8, tup_deleted int8, conflicts int8,"
              + " temp_files int8, temp_bytes int8, deadlocks int8, checksum_failures int8,"
              + " checksum_last_failure timestamptz, blk_read_time float8, blk_write_time float8,"
              + " session_time float8, active_time float8, idle_in_transaction_time float8,"
              + " sessions int8, sessions_abandoned int8, sessions_fatal int8,"
              + " sessions_killed int8, stats_reset timestamptz");

  private static final double MICROS_PER_MILLI = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_stat_database";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Map<String, DatabaseRow> opened = new HashMap<>();
    environment.session().databases().forEach(row -> opened.put(row.name(), row));
    return environment.databases().entrySet().stream()
        .map(entry -> row(entry, opened.get(entry.getKey())))
        .toList();
  }

  /**
   * @param opened null: nobody has come to the database yet
   */
  private static List<Value> row(Map.Entry<String, Long> database, DatabaseRow opened) {
    DatabaseRow row =
        opened == null
            ? new DatabaseRow(database.getKey(), 0, 0, 0, 0, 0, new SessionCounts(), 0)
            : opened;
    SessionCounts counts = row.counts();
    return new LiveRow()
        .oid(Oids.ofDatabase(database.getValue()))
        .text(database.getKey())
        .integer(row.open())
        .bigint(counts.commits())
        .bigint(counts.rollbacks())
        .bigint(0)
        .bigint(0)
        .bigint(counts.returned())
        .nothing()
        .bigint(counts.inserted())
        .bigint(counts.updated())
        .bigint(counts.deleted())
        .bigint(0)
        .nothing(2)
        .bigint(counts.deadlocks())
        .nothing(2)
        .number(0)
        .number(0)
        .number(row.sessionMicros() / MICROS_PER_MILLI)
        .number(counts.activeNanos() / NANOS_PER_MILLI)
        .nothing()
        .bigint(row.begun())
        .nothing()
        .bigint(row.fatal())
        .bigint(row.killed())
        .moment(row.sinceMicros())
        .values();
  }
}
