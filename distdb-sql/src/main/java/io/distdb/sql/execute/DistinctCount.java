// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * How many different values a column has, from those in a sample of it.
 *
 * <p>The estimator is Duj1 of Haas and Stokes, "Estimating the number of classes in a finite
 * population" (IBM Research Report RJ 10025, 1998), which PostgreSQL uses as well: {@code n d / (n
 * - f1 + f1 n / N)} for n rows in the sample, N in the table, d different values in the sample, f1
 * of them met once.
 */
final class DistinctCount {
  private DistinctCount() {}

  /**
   * @param sampled values in the sample
   * @param different of them
   * @param once of these, met once
   * @param all values in the table
   * @return from {@code different} to {@code all}
   */
  static double estimate(int sampled, int different, int once, double all) {
    if (different == 0) {
      return 0;
    }
    if (sampled >= all) {
      return different;
    }
    if (once == different) {
      // nothing was met twice: a key, as far as one can tell
      return all;
    }
    if (once == 0) {
      return different;
    }
    double found = (double) sampled * different / (sampled - once + once * sampled / all);
    return Math.max(different, Math.min(all, found));
  }
}
