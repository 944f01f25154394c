// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.Intervals;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/** Sum or average of INTERVAL. */
final class IntervalSum implements Aggregator {
  private final boolean average;
  private Interval[] sums = {};
  private long[] counts = {};

  IntervalSum(boolean average) {
    this.average = average;
  }

  @Override
  public void ensure(int groups) {
    counts = Aggregators.room(counts, groups);
    if (sums.length < groups) {
      sums = Arrays.copyOf(sums, counts.length);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (!argument.nulls[row]) {
      Interval value = (Interval) argument.objects[row];
      sums[group] = sums[group] == null ? value : Intervals.plus(sums[group], value);
      counts[group]++;
    }
  }

  @Override
  public void result(int group, Vector target, int at) {
    target.nulls[at] = counts[group] == 0;
    if (counts[group] > 0) {
      target.objects[at] = average ? Intervals.divide(sums[group], counts[group]) : sums[group];
    }
  }
}
