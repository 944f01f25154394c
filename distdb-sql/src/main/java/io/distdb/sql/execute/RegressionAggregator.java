// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * Aggregates of pairs of DOUBLE PRECISION: correlation, covariance, the line through the points by
 * least squares. The first argument is y, the second x; pairs with a NULL do not count. The sums
 * are updated as in {@link VarianceAggregator}.
 */
final class RegressionAggregator implements Aggregator {
  private static final int N = 0;
  private static final int SX = 1;
  private static final int SXX = 2;
  private static final int SY = 3;
  private static final int SYY = 4;
  private static final int SXY = 5;
  private static final int SUMS = 6;

  private final String name;
  private double[] sums = {};

  private RegressionAggregator(String name) {
    this.name = name;
  }

  /** Null for other names. */
  static Aggregator find(String name) {
    boolean known = name.startsWith("regr_") || name.startsWith("covar_") || name.equals("corr");
    return known ? new RegressionAggregator(name) : null;
  }

  @Override
  public void ensure(int groups) {
    if (sums.length < groups * SUMS) {
      sums = Arrays.copyOf(sums, Math.max(8, groups * 2) * SUMS);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    throw new UnsupportedOperationException(name + " has two arguments");
  }

  @Override
  public void add(int group, Vector[] arguments, int row) {
    if (arguments[0].nulls[row] || arguments[1].nulls[row]) {
      return;
    }
    double y = arguments[0].doubles[row];
    double x = arguments[1].doubles[row];
    int at = group * SUMS;
    double n = ++sums[at + N];
    double beforeX = sums[at + SX];
    double beforeY = sums[at + SY];
    sums[at + SX] += x;
    sums[at + SY] += y;
    if (n == 1) {
      double xx = Double.isFinite(x) ? 0 : Double.NaN;
      double yy = Double.isFinite(y) ? 0 : Double.NaN;
      sums[at + SXX] = xx;
      sums[at + SYY] = yy;
      sums[at + SXY] = xx + yy;
      return;
    }
    double differenceX = x * n - sums[at + SX];
    double differenceY = y * n - sums[at + SY];
    double scale = 1.0 / (n * (n - 1));
    sums[at + SXX] += differenceX * differenceX * scale;
    sums[at + SYY] += differenceY * differenceY * scale;
    sums[at + SXY] += differenceX * differenceY * scale;
    checkFinite(at, x, y, beforeX, beforeY);
  }

  private void checkFinite(int at, double x, double y, double beforeX, double beforeY) {
    boolean overX = Double.isInfinite(sums[at + SX]) || Double.isInfinite(sums[at + SXX]);
    boolean overY = Double.isInfinite(sums[at + SY]) || Double.isInfinite(sums[at + SYY]);
    boolean overXY = Double.isInfinite(sums[at + SXY]);
    if (!overX && !overY && !overXY) {
      return;
    }
    boolean infiniteX = Double.isInfinite(beforeX) || Double.isInfinite(x);
    boolean infiniteY = Double.isInfinite(beforeY) || Double.isInfinite(y);
    if (overX && !infiniteX || overY && !infiniteY || overXY && !infiniteX && !infiniteY) {
      throw VarianceAggregator.overflow();
    }
    sums[at + SXX] = overX ? Double.NaN : sums[at + SXX];
    sums[at + SYY] = overY ? Double.NaN : sums[at + SYY];
    sums[at + SXY] = Double.NaN;
  }

  @Override
  public void result(int group, Vector target, int at) {
    int from = group * SUMS;
    double n = sums[from + N];
    if (name.equals("regr_count")) {
      target.nulls[at] = false;
      target.longs[at] = (long) n;
      return;
    }
    Double value = n < 1 ? null : value(from, n);
    target.nulls[at] = value == null;
    if (value != null) {
      target.doubles[at] = value;
    }
  }

  /** Null where PostgreSQL has NULL. */
  private Double value(int from, double n) {
    double sx = sums[from + SX];
    double sxx = sums[from + SXX];
    double sy = sums[from + SY];
    double syy = sums[from + SYY];
    double sxy = sums[from + SXY];
    return switch (name) {
      case "regr_sxx" -> sxx;
      case "regr_syy" -> syy;
      case "regr_sxy" -> sxy;
      case "regr_avgx" -> sx / n;
      case "regr_avgy" -> sy / n;
      case "covar_pop" -> sxy / n;
      case "covar_samp" -> n < 2 ? null : sxy / (n - 1);
      case "corr" -> sxx == 0 || syy == 0 ? null : sxy / Math.sqrt(sxx * syy);
      case "regr_r2" -> sxx == 0 ? null : syy == 0 ? 1.0 : sxy * sxy / (sxx * syy);
      case "regr_slope" -> sxx == 0 ? null : sxy / sxx;
      case "regr_intercept" -> sxx == 0 ? null : (sy - sx * sxy / sxx) / n;
      default -> throw new IllegalStateException("no such aggregate: " + name);
    };
  }
}
