// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import java.util.List;
import java.util.Optional;

/** All live tables. */
public final class LiveTables {
  /** The schema of what only DistDB has. */
  public static final String SCHEMA = "distdb";

  /** PostgreSQL's system schema. */
  static final String PG_CATALOG = "pg_catalog";

  private static final List<LiveTable> ALL =
      List.of(
          new ClusterLinks(),
          new ClusterMembers(),
          new MetricsTable(),
          new PgCursors(),
          new PgLocks(),
          new PgPreparedStatements(),
          new PgSettings(),
          new PgStatActivity(),
          new PgStatDatabase(),
          new PgStatStatements());

  private LiveTables() {}

  public static List<LiveTable> all() {
    return ALL;
  }

  /**
   * @param schema absent finds none: these schemas are on no search path
   */
  public static Optional<LiveTable> find(Optional<String> schema, String name) {
    return ALL.stream()
        .filter(
            table -> schema.filter(table.schema()::equals).isPresent() && table.name().equals(name))
        .findFirst();
  }
}
