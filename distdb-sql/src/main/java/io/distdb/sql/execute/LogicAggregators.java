// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/** Aggregates of truth values and bits: the values taken in so far, folded into one. */
final class LogicAggregators {
  /** How two values make one. */
  @FunctionalInterface
  interface Fold {
    long apply(long left, long right);
  }

  private LogicAggregators() {}

  /** Null for other names. */
  static Aggregator find(String name) {
    return switch (name) {
      case "bool_and", "every", "bit_and" -> new Folded((left, right) -> left & right);
      case "bool_or", "bit_or" -> new Folded((left, right) -> left | right);
      case "bit_xor" -> new Folded((left, right) -> left ^ right);
      default -> null;
    };
  }

  private static final class Folded implements Aggregator {
    private final Fold fold;
    private long[] values = {};
    private boolean[] any = {};

    Folded(Fold fold) {
      this.fold = fold;
    }

    @Override
    public void ensure(int groups) {
      if (values.length < groups) {
        values = Arrays.copyOf(values, Math.max(8, groups * 2));
        any = Arrays.copyOf(any, values.length);
      }
    }

    @Override
    public void add(int group, Vector argument, int row) {
      if (!argument.nulls[row]) {
        long value = argument.longs[row];
        values[group] = any[group] ? fold.apply(values[group], value) : value;
        any[group] = true;
      }
    }

    @Override
    public void result(int group, Vector target, int at) {
      target.nulls[at] = !any[group];
      target.longs[at] = values[group];
    }
  }
}
