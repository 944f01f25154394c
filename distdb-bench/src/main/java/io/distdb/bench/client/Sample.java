// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.util.Arrays;

/** Some measurements of one thing, in any order. At least one. */
final class Sample {
  private final double[] sorted;

  Sample(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  double median() {
    return quantile(0.5);
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  /**
   * The least value that at least this share of all values does not exceed.
   *
   * @param share above 0, at most 1
   */
  double quantile(double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
