// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.vector.Vector;

/**
 * {@code (start, end) OVERLAPS (start, end)}; an end may be a length. Periods contain their start
 * and not their end; the earlier of the two bounds is the start, and NULL stands for a bound that
 * is not known (PostgreSQL's documentation, 9.9).
 */
final class OverlapsFunctions {
  private OverlapsFunctions() {}

  static void addTo(FunctionTable table) {
    for (String type : new String[] {"timestamp", "timestamptz", "time"}) {
      for (String first : new String[] {type, "interval"}) {
        for (String second : new String[] {type, "interval"}) {
          table.addLenient(
              "overlaps(%1$s,%2$s,%1$s,%3$s) bool".formatted(type, first, second),
              type.equals("timestamptz") ? Volatility.STABLE : Volatility.IMMUTABLE,
              OverlapsFunctions::overlaps);
        }
      }
    }
  }

  private static void overlaps(Caller caller, Vector result, int row, Vector[] arguments) {
    Long firstStart = value(arguments[0], row);
    Long firstEnd = end(caller, arguments[0], arguments[1], row);
    Long secondStart = value(arguments[2], row);
    Long secondEnd = end(caller, arguments[2], arguments[3], row);
    Boolean overlaps = overlaps(firstStart, firstEnd, secondStart, secondEnd);
    result.nulls[row] = overlaps == null;
    result.longs[row] = overlaps != null && overlaps ? 1 : 0;
  }

  private static Long value(Vector vector, int row) {
    return vector.nulls[row] ? null : vector.longs[row];
  }

  private static Long end(Caller caller, Vector starts, Vector ends, int row) {
    if (ends.nulls[row] || ends.objects == null) {
      return value(ends, row);
    }
    if (starts.nulls[row]) {
      return null;
    }
    long start = starts.longs[row];
    if (starts.type.equals(SqlType.TIME)) {
      return Times.plus(start, DateTimeOperators.interval(ends, row));
    }
    return starts.type.equals(SqlType.TIMESTAMPTZ)
        ? Timestamps.plus(start, DateTimeOperators.interval(ends, row), caller.environment().zone())
        : Timestamps.plus(start, DateTimeOperators.interval(ends, row));
  }

  /** Null for unknown. */
  private static Boolean overlaps(Long a, Long b, Long c, Long d) {
    if (a == null && b == null || c == null && d == null) {
      return null;
    }
    Long firstStart = a == null || b != null && a > b ? b : a;
    Long firstEnd = a == null || b == null ? null : Long.valueOf(Math.max(a, b));
    Long secondStart = c == null || d != null && c > d ? d : c;
    Long secondEnd = c == null || d == null ? null : Long.valueOf(Math.max(c, d));
    if (firstStart > secondStart) {
      return inside(firstStart, secondEnd, firstEnd);
    }
    if (firstStart < secondStart) {
      return inside(secondStart, firstEnd, secondEnd);
    }
    return firstEnd == null || secondEnd == null ? null : Boolean.TRUE;
  }

  /** Whether the later start lies before the earlier period's end. */
  private static Boolean inside(long start, Long end, Long ownEnd) {
    if (end == null) {
      return null;
    }
    if (start < end) {
      return true;
    }
    return ownEnd == null ? null : Boolean.FALSE;
  }
}
