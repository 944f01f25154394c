// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.TableFunction;

/** The functions that return rows. */
final class SeriesFunctions {
  private static final Series EMPTY = (target, at) -> false;

  private SeriesFunctions() {}

  /**
   * @param arguments their values in row 0
   */
  static Series open(TableFunction function, Vector[] arguments) {
    for (Vector argument : arguments) {
      if (argument.nulls[0]) {
        return EMPTY;
      }
    }
    SqlType type = function.resultType();
    boolean whole = type.equals(SqlType.INTEGER) || type.equals(SqlType.BIGINT);
    Invariant.check(function.name().equals("generate_series") && whole, "no code for %s", function);
    long step = arguments.length > 2 ? arguments[2].longs[0] : 1;
    if (step == 0) {
      throw noStep();
    }
    return new LongSeries(arguments[0].longs[0], arguments[1].longs[0], step);
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
}
