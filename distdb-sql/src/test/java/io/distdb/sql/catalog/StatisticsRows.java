// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;

/** What the system table of statistics holds. */
public final class StatisticsRows {
  private StatisticsRows() {}

  /** Rows of all tables. */
  public static int count(Transaction transaction) {
    int rows = 0;
    try (IndexCursor cursor =
        transaction.range(SystemTables.STATISTICS, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }
}
