// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * Variance and standard deviation of DOUBLE PRECISION. Source: Youngs and Cramer, "Some Results
 * Relevant to Choice of Sum and Sum-of-Product Algorithms", Technometrics 13 (1971), which
 * PostgreSQL uses as well: the sum of squared differences is updated without a difference of great
 * numbers.
 */
final class VarianceAggregator implements Aggregator {
  private final boolean population;
  private final boolean root;
  private double[] counts = {};
  private double[] sums = {};
  private double[] squares = {};

  private VarianceAggregator(boolean population, boolean root) {
    this.population = population;
    this.root = root;
  }

  /** Null for other names. */
  static Aggregator find(String name, SqlType type) {
    return switch (name) {
      case "variance", "var_samp" -> of(type, false, false);
      case "var_pop" -> of(type, true, false);
      case "stddev", "stddev_samp" -> of(type, false, true);
      case "stddev_pop" -> of(type, true, true);
      default -> null;
    };
  }

  private static Aggregator of(SqlType type, boolean population, boolean root) {
    return type.equals(SqlType.DOUBLE_PRECISION) || type.equals(SqlType.REAL)
        ? new VarianceAggregator(population, root)
        : new NumericVariance(population, root);
  }

  @Override
  public void ensure(int groups) {
    if (counts.length < groups) {
      counts = Arrays.copyOf(counts, Math.max(8, groups * 2));
      sums = Arrays.copyOf(sums, counts.length);
      squares = Arrays.copyOf(squares, counts.length);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (argument.nulls[row]) {
      return;
    }
    double value = argument.doubles[row];
    double count = ++counts[group];
    double before = sums[group];
    sums[group] += value;
    if (count == 1) {
      squares[group] = Double.isFinite(value) ? 0 : Double.NaN;
      return;
    }
    double difference = value * count - sums[group];
    squares[group] += difference * difference / (count * (count - 1));
    if (Double.isInfinite(sums[group]) || Double.isInfinite(squares[group])) {
      if (!Double.isInfinite(before) && !Double.isInfinite(value)) {
        throw overflow();
      }
      squares[group] = Double.NaN;
    }
  }

  static DistDbException overflow() {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
  }

  @Override
  public void result(int group, Vector target, int at) {
    double divisor = population ? counts[group] : counts[group] - 1;
    target.nulls[at] = divisor <= 0;
    if (divisor > 0) {
      double variance = squares[group] / divisor;
      target.doubles[at] = root ? Math.sqrt(variance) : variance;
    }
  }
}
