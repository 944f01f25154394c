// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.Table;
import java.util.Optional;

/** What the optimizer asks about data. */
@FunctionalInterface
public interface Statistics {
  /** About how many rows {@code table} has. */
  long rows(Table table);

  /** What is known of the values of a column; nothing before the first ANALYZE. */
  default Optional<ColumnStatistics> column(Table table, int ordinal) {
    return Optional.empty();
  }
}
