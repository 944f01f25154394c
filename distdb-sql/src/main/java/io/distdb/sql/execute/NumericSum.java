// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Sum or average as NUMERIC, of whole numbers or of NUMERIC. Whole numbers are added as longs as
 * long as the sum fits one.
 */
final class NumericSum implements Aggregator {
  private final boolean average;

  /** What the longs could not hold; null is 0. */
  private Numeric[] totals = {};

  private long[] partial = {};
  private long[] counts = {};

  NumericSum(boolean average) {
    this.average = average;
  }

  @Override
  public void ensure(int groups) {
    counts = Aggregators.room(counts, groups);
    partial = Aggregators.room(partial, groups);
    if (totals.length < groups) {
      totals = Arrays.copyOf(totals, counts.length);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (argument.nulls[row]) {
      return;
    }
    counts[group]++;
    if (argument.longs == null) {
      addTo(group, (Numeric) argument.objects[row]);
      return;
    }
    long value = argument.longs[row];
    long sum = partial[group] + value;
    if (((value ^ sum) & (partial[group] ^ sum)) < 0) {
      addTo(group, Numeric.of(partial[group]));
      sum = value;
    }
    partial[group] = sum;
  }

  /** Without a call a row; the class's own {@link #add} is one that the compiler inlines. */
  @Override
  public void addAll(int[] groupOf, Batch rows, Vector argument) {
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      add(groupOf[row], argument, row);
    }
  }

  private void addTo(int group, Numeric value) {
    totals[group] = totals[group] == null ? value : NumericMath.add(totals[group], value);
  }

  @Override
  public void result(int group, Vector target, int at) {
    target.nulls[at] = counts[group] == 0;
    if (counts[group] == 0) {
      return;
    }
    Numeric sum = Numeric.of(BigDecimal.valueOf(partial[group]));
    if (totals[group] != null) {
      sum = partial[group] == 0 ? totals[group] : NumericMath.add(totals[group], sum);
    }
    target.objects[at] = average ? NumericMath.divide(sum, Numeric.of(counts[group])) : sum;
  }
}
