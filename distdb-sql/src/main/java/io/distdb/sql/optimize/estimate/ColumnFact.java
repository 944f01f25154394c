// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A column of a table, and what is known of its values.
 *
 * @param scan tells one reading of the table from others in the statement
 * @param ordinal the column, or {@link io.distdb.sql.logical.Relation.Scan#ROW_ID}
 * @param rows rows of the whole table, at least 1
 * @param source asked when something must be known
 */
public record ColumnFact(int scan, Table table, int ordinal, double rows, Statistics source) {
  /** What ANALYZE said; nothing of the hidden row id. */
  Optional<ColumnStatistics> statistics() {
    return ordinal < 0 ? Optional.empty() : source.column(table, ordinal);
  }

  /** Whether no two rows have the same value, NULL aside. */
  boolean isUnique() {
    if (ordinal < 0) {
      return true;
    }
    if (table.primaryKey().size() == 1 && table.primaryKey().getFirst() == ordinal) {
      return true;
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.unique()
          && index.parts().size() == 1
          && index.parts().getFirst().ordinal() == ordinal) {
        return true;
      }
    }
    return false;
  }

  /** How many different values there are; nothing when nobody knows. */
  OptionalDouble distinct() {
    if (isUnique()) {
      return OptionalDouble.of(rows);
    }
    return statistics()
        .map(known -> OptionalDouble.of(known.distinctOf(rows)))
        .orElseGet(OptionalDouble::empty);
  }

  double nullFraction() {
    return isUnique() ? 0 : statistics().map(ColumnStatistics::nullFraction).orElse(0.0);
  }
}
