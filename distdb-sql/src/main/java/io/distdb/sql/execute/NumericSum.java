// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Numeric;
import io.distdb.sql.function.NumericMath;
import io.distdb.sql.vector.Vector;
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
  private int groups;
  private long[] counts = {};

  NumericSum(boolean average) {
    this.average = average;
  }

  @Override
  public void ensure(int groupCount) {
    groups = groupCount;
    counts = Aggregators.room(counts, groupCount);
    partial = Aggregators.room(partial, groupCount);
    if (totals.length < groupCount) {
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

  @Override
  public void addAll(int[] groupOf, Batch rows, Vector argument) {
    if (groups == 1 && argument.longs != null && addShort(rows, argument)) {
      return;
    }
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      add(groupOf[row], argument, row);
    }
  }

  /**
   * Adds numbers to the only group, with one check of overflow for all: none can happen while each
   * is below 2^52, as a batch has at most 1,024.
   *
   * @return false, and nothing is added, when some number is not
   */
  private boolean addShort(Batch rows, Vector argument) {
    long[] values = argument.longs;
    boolean[] nulls = argument.nulls;
    long sum = 0;
    long bits = 0;
    int count = 0;
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      long value = nulls[row] ? 0 : values[row];
      sum += value;
      bits |= value ^ value >> 63;
      count += nulls[row] ? 0 : 1;
    }
    long total = partial[0] + sum;
    if (bits >>> 52 != 0 || rows.count > Batch.ROWS_MAX || total != (total << 1) >> 1) {
      return false;
    }
    partial[0] = total;
    counts[0] += count;
    return true;
  }

  /** Of whole numbers, whose sums are exact. */
  @Override
  public void remove(int group, Vector argument, int row) {
    if (argument.nulls[row]) {
      return;
    }
    counts[group]--;
    long value = argument.longs[row];
    long sum = partial[group] - value;
    if (((partial[group] ^ value) & (partial[group] ^ sum)) < 0) {
      addTo(group, NumericMath.subtract(Numeric.of(partial[group]), Numeric.of(value)));
      sum = 0;
    }
    partial[group] = sum;
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
