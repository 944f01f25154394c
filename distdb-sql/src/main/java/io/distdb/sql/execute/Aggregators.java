// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.DoubleFunctions;
import io.distdb.sql.function.IntegerFunctions;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The aggregate functions. NULL arguments count for none of them but {@code count(*)}. */
public final class Aggregators {
  private Aggregators() {}

  /** Whether this executor can compute {@code function}. */
  public static boolean supports(AggregateFunction function) {
    return find(function) != null;
  }

  static Aggregator of(AggregateFunction function) {
    Aggregator aggregator = find(function);
    Invariant.check(aggregator != null, "no code for %s", function);
    return aggregator;
  }

  private static Aggregator find(AggregateFunction function) {
    List<SqlType> types = function.argumentTypes();
    SqlType type = types.isEmpty() ? null : types.get(0);
    return switch (function.name()) {
      case "count" -> new Count();
      case "sum" -> sum(type, false);
      case "avg" -> sum(type, true);
      case "min" -> new Extreme(type, -1);
      case "max" -> new Extreme(type, 1);
      default -> other(function.name(), types);
    };
  }

  private static Aggregator sum(SqlType type, boolean average) {
    SqlType.Scalar scalar = SqlType.scalarOf(type).orElseThrow();
    return switch (scalar) {
      case SMALLINT, INTEGER -> average ? new NumericSum(true) : new LongSum();
      case BIGINT, NUMERIC -> new NumericSum(average);
      case REAL, DOUBLE_PRECISION -> new DoubleSum(average);
      case INTERVAL -> new IntervalSum(average);
      case BOOLEAN, TEXT, VARCHAR, CHAR, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> null;
      case OID, XID, NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> null;
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> null;
      case REGNAMESPACE, REGROLE, REGCOLLATION -> null;
    };
  }

  private static Aggregator other(String name, List<SqlType> types) {
    if (name.equals("string_agg")) {
      return new TextAggregator();
    }
    if (name.equals("array_agg")) {
      return new ArrayAggregator(types.getFirst());
    }
    return Stream.of(
            LogicAggregators.find(name),
            VarianceAggregator.find(name, types.getFirst()),
            RegressionAggregator.find(name),
            OrderedSetAggregator.find(name, types.getLast()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static final class Count implements Aggregator {
    private long[] counts = {};
    private int groups;

    @Override
    public void ensure(int groupCount) {
      groups = groupCount;
      counts = room(counts, groupCount);
    }

    @Override
    public void add(int group, Vector argument, int row) {
      if (argument == null || !argument.nulls[row]) {
        counts[group]++;
      }
    }

    @Override
    public void addAll(int[] groupOf, Batch rows, Vector argument) {
      if (argument == null && groups == 1) {
        counts[0] += rows.count;
        return;
      }
      for (int n = 0; n < rows.count; n++) {
        int row = rows.position(n);
        add(groupOf[row], argument, row);
      }
    }

    @Override
    public void result(int group, Vector target, int at) {
      target.nulls[at] = false;
      target.longs[at] = counts[group];
    }
  }

  /** Of SMALLINT or INTEGER, as BIGINT: 22003 beyond it. */
  private static final class LongSum implements Aggregator {
    private long[] sums = {};
    private boolean[] any = {};

    @Override
    public void ensure(int groups) {
      sums = room(sums, groups);
      any = room(any, groups);
    }

    @Override
    public void add(int group, Vector argument, int row) {
      if (!argument.nulls[row]) {
        sums[group] = IntegerFunctions.add(sums[group], argument.longs[row], SqlType.BIGINT);
        any[group] = true;
      }
    }

    /** Without a call a row. */
    @Override
    public void addAll(int[] groupOf, Batch rows, Vector argument) {
      for (int n = 0; n < rows.count; n++) {
        int row = rows.position(n);
        add(groupOf[row], argument, row);
      }
    }

    @Override
    public void result(int group, Vector target, int at) {
      target.nulls[at] = !any[group];
      target.longs[at] = sums[group];
    }
  }

  private static final class DoubleSum implements Aggregator {
    private final boolean average;
    private double[] sums = {};
    private long[] counts = {};

    DoubleSum(boolean average) {
      this.average = average;
    }

    @Override
    public void ensure(int groups) {
      counts = room(counts, groups);
      if (sums.length < groups) {
        sums = Arrays.copyOf(sums, counts.length);
      }
    }

    @Override
    public void add(int group, Vector argument, int row) {
      if (!argument.nulls[row]) {
        double value = argument.doubles[row];
        double sum = sums[group] + value;
        boolean real = argument.form == ColumnForm.FLOAT && !average;
        sums[group] =
            DoubleFunctions.finite(real ? DoubleFunctions.real(sum) : sum, sums[group], value);
        counts[group]++;
      }
    }

    @Override
    public void result(int group, Vector target, int at) {
      target.nulls[at] = counts[group] == 0;
      target.doubles[at] = average ? sums[group] / counts[group] : sums[group];
    }
  }

  /** The least or the greatest, in SQL's order. */
  private static final class Extreme implements Aggregator {
    private final int sign;
    private final Vector best;
    private boolean[] any = {};
    private long referredBytes;

    Extreme(SqlType type, int sign) {
      this.sign = sign;
      best = new Vector(type, 0);
    }

    @Override
    public void ensure(int groups) {
      any = room(any, groups);
      best.ensure(groups);
    }

    @Override
    public void add(int group, Vector argument, int row) {
      if (!argument.nulls[row]
          && (!any[group] || argument.compare(row, best, group) * (long) sign > 0)) {
        referredBytes -= any[group] ? best.referredBytes(group) : 0;
        best.set(group, argument, row);
        referredBytes += best.referredBytes(group);
        any[group] = true;
      }
    }

    @Override
    public long heldBytes() {
      return best.arrayBytes() + referredBytes;
    }

    @Override
    public void result(int group, Vector target, int at) {
      target.set(at, best, group);
      target.nulls[at] = !any[group];
    }
  }

  static long[] room(long[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, Math.max(8, groups * 2));
  }

  static boolean[] room(boolean[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, Math.max(8, groups * 2));
  }
}
