// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.type.Value;
import java.util.List;

/**
 * What ANALYZE found out about the values of one column; PostgreSQL's documentation has the same
 * under "pg_stats".
 *
 * @param nullFraction share of rows that are NULL, 0 to 1
 * @param averageWidth bytes of a value that is not NULL, on average
 * @param distinct how many different values there are, at least 0; or, negative, their share among
 *     the rows that are not NULL, for a number that grows with the table
 * @param common the most common values, the most common first
 * @param frequencies the share of all rows that each of {@code common} has
 * @param histogram bounds that divide the other values, in order, into groups of about equal size;
 *     empty or at least two
 */
public record ColumnStatistics(
    double nullFraction,
    int averageWidth,
    double distinct,
    List<Value> common,
    List<Double> frequencies,
    List<Value> histogram) {
  public ColumnStatistics {
    common = List.copyOf(common);
    frequencies = List.copyOf(frequencies);
    histogram = List.copyOf(histogram);
  }

  /** How many different values a table of {@code rows} rows has, NULL aside; at least 1. */
  public double distinctOf(double rows) {
    double notNull = Math.max(1, rows * (1 - nullFraction));
    double count = distinct >= 0 ? distinct : -distinct * notNull;
    return Math.max(1, Math.min(count, notNull));
  }

  /** The share of all rows that the common values have together. */
  public double commonShare() {
    double sum = 0;
    for (double frequency : frequencies) {
      sum += frequency;
    }
    return sum;
  }
}
