// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.catalog.Table;

/** What the optimizer asks about data. */
@FunctionalInterface
public interface Statistics {
  /** About how many rows {@code table} has. */
  long rows(Table table);
}
