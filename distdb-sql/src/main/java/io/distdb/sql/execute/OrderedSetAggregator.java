// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.DoubleText;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * Aggregates of WITHIN GROUP. Rows come sorted, one group after the other, so a group's values are
 * a range of one vector.
 */
final class OrderedSetAggregator implements Aggregator {
  private enum Kind {
    CONTINUOUS,
    DISCRETE,
    MODE
  }

  private final Kind kind;
  private final Vector values;
  private int size;
  private long referredBytes;
  private int[] first = {};
  private int[] count = {};
  private double[] fraction = {};

  private OrderedSetAggregator(Kind kind, SqlType type) {
    this.kind = kind;
    values = new Vector(type, Batch.ROWS_FIRST);
  }

  /** Null for other names. */
  static Aggregator find(String name, SqlType lastArgument) {
    return switch (name) {
      case "percentile_cont" -> new OrderedSetAggregator(Kind.CONTINUOUS, lastArgument);
      case "percentile_disc" -> new OrderedSetAggregator(Kind.DISCRETE, lastArgument);
      case "mode" -> new OrderedSetAggregator(Kind.MODE, lastArgument);
      default -> null;
    };
  }

  @Override
  public void ensure(int groups) {
    if (first.length < groups) {
      first = Arrays.copyOf(first, Math.max(8, groups * 2));
      count = Arrays.copyOf(count, first.length);
      fraction = Arrays.copyOf(fraction, first.length);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    add(group, new Vector[] {argument}, row);
  }

  @Override
  public void add(int group, Vector[] arguments, int row) {
    Vector value = arguments[arguments.length - 1];
    if (value.nulls[row]) {
      return;
    }
    if (count[group] == 0) {
      first[group] = size;
      if (kind != Kind.MODE) {
        fraction[group] = fraction(arguments[0], row);
      }
    }
    values.ensure(size + 1);
    values.set(size, value, row);
    referredBytes += values.referredBytes(size++);
    count[group]++;
  }

  /** NaN for NULL. */
  private static double fraction(Vector argument, int row) {
    if (argument.nulls[row]) {
      return Double.NaN;
    }
    double fraction = argument.doubles[row];
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "percentile value " + DoubleText.of(fraction) + " is not between 0 and 1");
    }
    return fraction;
  }

  @Override
  public long heldBytes() {
    return values.arrayBytes() + referredBytes;
  }

  @Override
  public void result(int group, Vector target, int at) {
    int rows = count[group];
    target.nulls[at] = rows == 0 || Double.isNaN(fraction[group]);
    if (target.nulls[at]) {
      return;
    }
    switch (kind) {
      case MODE -> target.set(at, values, mode(first[group], rows));
      case DISCRETE -> {
        int place = (int) Math.max(1, Math.ceil(fraction[group] * rows));
        target.set(at, values, first[group] + place - 1);
      }
      case CONTINUOUS -> {
        double place = fraction[group] * (rows - 1);
        int low = (int) Math.floor(place);
        double lower = values.doubles[first[group] + low];
        double upper = values.doubles[first[group] + (int) Math.ceil(place)];
        target.doubles[at] = lower + (place - low) * (upper - lower);
      }
    }
  }

  /** The first row of the longest run of equal values, of the first such run. */
  private int mode(int from, int rows) {
    int best = from;
    int bestLength = 0;
    int start = from;
    for (int row = from; row <= from + rows; row++) {
      if (row == from + rows || !values.same(row, values, start)) {
        if (row - start > bestLength) {
          best = start;
          bestLength = row - start;
        }
        start = row;
      }
    }
    return best;
  }
}
