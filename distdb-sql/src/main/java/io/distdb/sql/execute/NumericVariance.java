// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Numeric;
import io.distdb.sql.function.NumericMath;
import io.distdb.sql.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Variance and standard deviation of whole numbers and NUMERIC, from exact sums: {@code (n Σx² -
 * (Σx)²) / (n (n - 1))}, or over {@code n²} for a population; digits as PostgreSQL shows them.
 */
final class NumericVariance implements Aggregator {
  private final boolean population;
  private final boolean root;
  private long[] counts = {};
  private BigDecimal[] sums = {};
  private BigDecimal[] squares = {};
  private boolean[] strange = {};

  NumericVariance(boolean population, boolean root) {
    this.population = population;
    this.root = root;
  }

  @Override
  public void ensure(int groups) {
    int before = counts.length;
    if (before < groups) {
      counts = Arrays.copyOf(counts, Math.max(8, groups * 2));
      sums = Arrays.copyOf(sums, counts.length);
      squares = Arrays.copyOf(squares, counts.length);
      strange = Arrays.copyOf(strange, counts.length);
      Arrays.fill(sums, before, counts.length, BigDecimal.ZERO);
      Arrays.fill(squares, before, counts.length, BigDecimal.ZERO);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (argument.nulls[row]) {
      return;
    }
    counts[group]++;
    BigDecimal value;
    if (argument.longs != null) {
      value = BigDecimal.valueOf(argument.longs[row]);
    } else if (((Numeric) argument.objects[row]).isFinite()) {
      value = ((Numeric) argument.objects[row]).decimal();
    } else {
      strange[group] = true;
      return;
    }
    sums[group] = sums[group].add(value);
    squares[group] = squares[group].add(value.multiply(value));
  }

  @Override
  public void result(int group, Vector target, int at) {
    long count = counts[group];
    target.nulls[at] = population ? count == 0 : count < 2;
    if (!target.nulls[at]) {
      target.objects[at] = strange[group] ? Numeric.NAN : value(group, count);
    }
  }

  private Numeric value(int group, long count) {
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal sum = sums[group];
    BigDecimal numerator = n.multiply(squares[group]).subtract(sum.multiply(sum));
    if (numerator.signum() <= 0) {
      return Numeric.ZERO;
    }
    BigDecimal divisor = n.multiply(population ? n : BigDecimal.valueOf(count - 1));
    int scale = NumericMath.quotientScale(numerator, divisor);
    BigDecimal variance = numerator.divide(divisor, scale, java.math.RoundingMode.HALF_UP);
    return Numeric.of(root ? NumericMath.rootOf(variance, scale) : variance);
  }
}
