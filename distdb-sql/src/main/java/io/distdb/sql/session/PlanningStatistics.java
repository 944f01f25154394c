// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.StatisticsStore;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.optimize.estimate.Statistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the optimizer may know of data, as one transaction sees them; everything is asked once for a
 * statement. Used by one thread.
 */
final class PlanningStatistics implements Statistics {
  private record Column(long table, int ordinal) {}

  private final Transaction transaction;
  private final StatisticsStore store;
  private final Map<Long, Long> counts = new HashMap<>();
  private final Map<Column, Optional<ColumnStatistics>> columns = new HashMap<>();
  private long total;

  PlanningStatistics(Transaction transaction) {
    this.transaction = transaction;
    store = new StatisticsStore(transaction);
  }

  /**
   * @throws DistDbException as the transaction's reads do
   */
  @Override
  public long rows(Table table) {
    Long known = counts.get(table.rows().value());
    if (known == null) {
      known = transaction.estimatedEntries(table.rows());
      counts.put(table.rows().value(), known);
      total += known;
    }
    return known;
  }

  /**
   * @throws DistDbException as the transaction's reads do
   */
  @Override
  public Optional<ColumnStatistics> column(Table table, int ordinal) {
    Column column = new Column(table.id().value(), ordinal);
    Optional<ColumnStatistics> known = columns.get(column);
    if (known == null) {
      known = store.read(table, ordinal);
      columns.put(column, known);
    }
    return known;
  }

  /** How many tables were asked for. */
  int tables() {
    return counts.size();
  }

  /** Rows of all tables that were asked for. */
  long totalRows() {
    return total;
  }
}
