// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.execute.ValueOrder;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * The share of rows in which a column is less or greater than a value: of the common values those
 * that are, of the others what the histogram says, evenly spread within each of its groups.
 */
final class RangeSelectivity {
  /** One bound of which nothing is known. */
  static final double DEFAULT = 1.0 / 3;

  /** Two bounds of which nothing is known. */
  static final double DEFAULT_BETWEEN = 0.005;

  /** Of a group of the histogram: a value beyond its end may be in rows that came later. */
  private static final double BEYOND = 0.01;

  private final KnownValues known;

  RangeSelectivity(KnownValues known) {
    this.known = known;
  }

  /** Nothing when no statistics and no value are there to tell. */
  Optional<Double> of(ColumnFact fact, Comparison comparison, Expression operand) {
    Optional<ColumnStatistics> statistics = fact.statistics();
    if (statistics.isEmpty()
        || statistics.get().common().isEmpty() && statistics.get().histogram().isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> constant = known.of(operand);
    if (constant.isEmpty()) {
      return Optional.empty();
    }
    SqlType type = fact.table().columns().get(fact.ordinal()).type().unmodified();
    return ValueOrder.as(type, constant.get())
        .map(value -> of(statistics.get(), type, comparison, value));
  }

  private static double of(
      ColumnStatistics statistics, SqlType type, Comparison comparison, Value value) {
    double share = 0;
    for (int i = 0; i < statistics.common().size(); i++) {
      int order = ValueOrder.compare(type, statistics.common().get(i), value);
      share += holds(comparison, order) ? statistics.frequencies().get(i) : 0;
    }
    if (statistics.histogram().isEmpty()) {
      return share;
    }
    boolean less = comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL;
    double below = below(statistics.histogram(), type, value);
    double others = Math.max(0, 1 - statistics.nullFraction() - statistics.commonShare());
    return share + others * (less ? below : 1 - below);
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL, NOT_DISTINCT_FROM -> order == 0;
      case NOT_EQUAL, DISTINCT_FROM -> order != 0;
    };
  }

  /** The share of the histogram's values that are less than {@code value}. */
  static double below(List<Value> bounds, SqlType type, Value value) {
    int groups = bounds.size() - 1;
    double beyond = BEYOND / groups;
    if (ValueOrder.compare(type, value, bounds.getFirst()) <= 0) {
      return beyond;
    }
    if (ValueOrder.compare(type, value, bounds.getLast()) >= 0) {
      return 1 - beyond;
    }
    int low = 0;
    int high = groups;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (ValueOrder.compare(type, bounds.get(middle), value) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double within = ValueScale.position(bounds.get(low), bounds.get(high), value);
    return Math.clamp((low + within) / groups, beyond, 1 - beyond);
  }
}
