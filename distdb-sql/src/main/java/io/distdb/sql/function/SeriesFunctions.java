// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.vector.Vector;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Functions that return rows (PostgreSQL documentation, 9.25). */
final class SeriesFunctions {
  private SeriesFunctions() {}

  static void addTo(FunctionTable table) {
    for (String type : List.of("int4", "int8")) {
      both(table, type, (a, e) -> numbers(a));
    }
    both(table, "numeric", (a, e) -> numeric(a));
    table.addRows(
        "generate_series(timestamp,timestamp,interval) timestamp",
        (a, e) -> times(a, Optional.empty()));
    table.addRows(
        "generate_series(timestamptz,timestamptz,interval) timestamptz",
        (a, e) -> times(a, Optional.of(e.zone())));
    for (SqlType type : SqlType.Scalar.values()) {
      String name = type.shortName();
      table.addRows(
          "unnest(" + name + "[]) " + name, (a, e) -> new ArraySeries((SqlArray) a[0].objects[0]));
    }
  }

  /** With and without a step. */
  private static void both(FunctionTable table, String type, SeriesCode code) {
    table.addRows("generate_series(%1$s,%1$s) %1$s".formatted(type), code);
    table.addRows("generate_series(%1$s,%1$s,%1$s) %1$s".formatted(type), code);
  }

  private static Series numbers(Vector[] arguments) {
    long step = arguments.length > 2 ? arguments[2].longs[0] : 1;
    if (step == 0) {
      throw noStep();
    }
    return new LongSeries(arguments[0].longs[0], arguments[1].longs[0], step);
  }

  private static Series numeric(Vector[] arguments) {
    Numeric step = arguments.length > 2 ? (Numeric) arguments[2].objects[0] : Numeric.of(1);
    Numeric start = (Numeric) arguments[0].objects[0];
    Numeric end = (Numeric) arguments[1].objects[0];
    checkFinite(start, "start value");
    checkFinite(end, "stop value");
    checkFinite(step, "step size");
    if (step.signum() == 0) {
      throw noStep();
    }
    return new NumericSeries(start, end, step);
  }

  private static void checkFinite(Numeric number, String what) {
    if (!number.isFinite()) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          what + " cannot be " + (number.isNaN() ? "NaN" : "infinity"));
    }
  }

  private static Series times(Vector[] arguments, Optional<ZoneId> zone) {
    Interval step = (Interval) arguments[2].objects[0];
    if (step.compareTo(Interval.ZERO) == 0) {
      throw noStep();
    }
    return new TimeSeries(arguments[0].longs[0], arguments[1].longs[0], step, zone);
  }

  private static DistDbException noStep() {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, "step size cannot equal zero");
  }

  /** Ends before it would overflow. */
  private static final class LongSeries implements Series {
    private final long end;
    private final long step;
    private long next;
    private boolean done;

    LongSeries(long start, long end, long step) {
      next = start;
      this.end = end;
      this.step = step;
    }

    @Override
    public boolean next(Vector target, int at) {
      if (done || (step > 0 ? next > end : next < end)) {
        return false;
      }
      target.nulls[at] = false;
      target.longs[at] = next;
      long after = next + step;
      done = ((next ^ after) & (step ^ after)) < 0;
      next = after;
      return true;
    }
  }

  private static final class NumericSeries implements Series {
    private final Numeric end;
    private final Numeric step;
    private Numeric next;

    NumericSeries(Numeric start, Numeric end, Numeric step) {
      next = start;
      this.end = end;
      this.step = step;
    }

    @Override
    public boolean next(Vector target, int at) {
      if (step.signum() > 0 ? next.compareTo(end) > 0 : next.compareTo(end) < 0) {
        return false;
      }
      target.nulls[at] = false;
      target.objects[at] = next;
      next = NumericMath.add(next, step);
      return true;
    }
  }

  private static final class TimeSeries implements Series {
    private final long end;
    private final Interval step;
    private final boolean backward;
    private final Optional<ZoneId> zone;
    private long next;

    TimeSeries(long start, long end, Interval step, Optional<ZoneId> zone) {
      next = start;
      this.end = end;
      this.step = step;
      this.zone = zone;
      backward = step.compareTo(Interval.ZERO) < 0;
    }

    @Override
    public boolean next(Vector target, int at) {
      if (backward ? next < end : next > end) {
        return false;
      }
      target.nulls[at] = false;
      target.longs[at] = next;
      next =
          zone.isPresent() ? Timestamps.plus(next, step, zone.get()) : Timestamps.plus(next, step);
      return true;
    }
  }

  /** Every element, whatever the dimensions. */
  private static final class ArraySeries implements Series {
    private final SqlArray array;
    private int next;

    ArraySeries(SqlArray array) {
      this.array = array;
    }

    @Override
    public boolean next(Vector target, int at) {
      if (next == array.elements().size()) {
        return false;
      }
      target.set(at, array.elements().get(next++));
      return true;
    }
  }
}
