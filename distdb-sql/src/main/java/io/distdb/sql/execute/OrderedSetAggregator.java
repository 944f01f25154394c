// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.DoubleText;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * Aggregates of WITHIN GROUP. The values of a group come sorted, and it is known before how many
 * there are, so that those which count are picked as they pass.
 */
final class OrderedSetAggregator implements Aggregator {
  private enum Kind {
    CONTINUOUS,
    DISCRETE,
    MODE
  }

  private final Kind kind;

  /** The value picked; of two between which lies the result the lower; the most frequent one. */
  private final Vector picked;

  /** The upper of two values; the one whose run is counted. */
  private final Vector other;

  private long[] expected = {};
  private long[] seen = {};
  private double[] fraction = {};

  /** Of the run that is counted, and of the longest. */
  private long[] run = {};

  private long[] longest = {};

  private OrderedSetAggregator(Kind kind, SqlType type) {
    this.kind = kind;
    picked = new Vector(type, 0);
    other = new Vector(type, 0);
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
    if (seen.length < groups) {
      seen = Arrays.copyOf(seen, Math.max(8, groups * 2));
      expected = Arrays.copyOf(expected, seen.length);
      fraction = Arrays.copyOf(fraction, seen.length);
      run = Arrays.copyOf(run, seen.length);
      longest = Arrays.copyOf(longest, seen.length);
      picked.ensure(seen.length);
      other.ensure(seen.length);
    }
  }

  @Override
  public boolean counts() {
    return kind != Kind.MODE;
  }

  @Override
  public void expect(int group, long values) {
    expected[group] += values;
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
    if (seen[group] == 0 && kind != Kind.MODE) {
      fraction[group] = fraction(arguments[0], row);
    }
    long at = seen[group]++;
    switch (kind) {
      case MODE -> count(group, value, row);
      case DISCRETE -> {
        if (at + 1 == Math.max(1, (long) Math.ceil(fraction[group] * expected[group]))) {
          picked.set(group, value, row);
        }
      }
      case CONTINUOUS -> {
        double place = fraction[group] * (expected[group] - 1);
        if (at == (long) Math.floor(place)) {
          picked.set(group, value, row);
        }
        if (at == (long) Math.ceil(place)) {
          other.set(group, value, row);
        }
      }
    }
  }

  /** Counts runs of equal values; the first of the longest is the result. */
  private void count(int group, Vector value, int row) {
    boolean same = run[group] > 0 && other.same(group, value, row);
    if (!same) {
      other.set(group, value, row);
    }
    run[group] = same ? run[group] + 1 : 1;
    if (run[group] > longest[group]) {
      longest[group] = run[group];
      picked.set(group, other, group);
    }
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
    return picked.arrayBytes() + other.arrayBytes();
  }

  @Override
  public void result(int group, Vector target, int at) {
    target.nulls[at] = seen[group] == 0 || Double.isNaN(fraction[group]);
    if (target.nulls[at]) {
      return;
    }
    if (kind == Kind.CONTINUOUS) {
      double place = fraction[group] * (expected[group] - 1);
      double lower = picked.doubles[group];
      double upper = other.doubles[group];
      target.doubles[at] = lower + (place - Math.floor(place)) * (upper - lower);
    } else {
      target.set(at, picked, group);
    }
  }
}
