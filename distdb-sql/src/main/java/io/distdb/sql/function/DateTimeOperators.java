// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Intervals;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.vector.Vector;

/** Operators of dates, times and intervals. */
final class DateTimeOperators {
  private DateTimeOperators() {}

  static void addTo(FunctionTable table) {
    dates(table);
    timestamps(table);
    times(table);
    intervals(table);
  }

  static Interval interval(Vector vector, int row) {
    return (Interval) vector.objects[row];
  }

  private static void dates(FunctionTable table) {
    table.add(
        "+(date,int4) date",
        (r, i, a) -> r.longs[i] = Dates.plusDays((int) a[0].longs[i], a[1].longs[i]));
    table.add(
        "+(int4,date) date",
        (r, i, a) -> r.longs[i] = Dates.plusDays((int) a[1].longs[i], a[0].longs[i]));
    table.add(
        "-(date,int4) date",
        (r, i, a) -> r.longs[i] = Dates.plusDays((int) a[0].longs[i], -a[1].longs[i]));
    table.add(
        "-(date,date) int4",
        (r, i, a) -> r.longs[i] = Dates.between((int) a[1].longs[i], (int) a[0].longs[i]));
    table.add(
        "+(date,time) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.of((int) a[0].longs[i], a[1].longs[i]));
    table.add(
        "+(time,date) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.of((int) a[1].longs[i], a[0].longs[i]));
    table.add(
        "+(date,interval) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.plus(midnight(a[0], i), interval(a[1], i)));
    table.add(
        "+(interval,date) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.plus(midnight(a[1], i), interval(a[0], i)));
    table.add(
        "-(date,interval) timestamp",
        (r, i, a) ->
            r.longs[i] = Timestamps.plus(midnight(a[0], i), Intervals.negate(interval(a[1], i))));
  }

  private static long midnight(Vector date, int row) {
    return Dates.toTimestamp((int) date.longs[row]);
  }

  private static void timestamps(FunctionTable table) {
    table.add(
        "+(timestamp,interval) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.plus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "+(interval,timestamp) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.plus(a[1].longs[i], interval(a[0], i)));
    table.add(
        "-(timestamp,interval) timestamp",
        (r, i, a) ->
            r.longs[i] = Timestamps.plus(a[0].longs[i], Intervals.negate(interval(a[1], i))));
    RowFunction between =
        (r, i, a) -> r.objects[i] = Intervals.between(a[1].longs[i], a[0].longs[i]);
    table.add("-(timestamp,timestamp) interval", between);
    table.add("-(timestamptz,timestamptz) interval", between);
    table.addStable(
        "+(timestamptz,interval) timestamptz",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(a[0].longs[i], interval(a[1], i), x.environment().zone()));
    table.addStable(
        "+(interval,timestamptz) timestamptz",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(a[1].longs[i], interval(a[0], i), x.environment().zone()));
    table.addStable(
        "-(timestamptz,interval) timestamptz",
        (x, r, i, a) ->
            r.longs[i] =
                Timestamps.plus(
                    a[0].longs[i], Intervals.negate(interval(a[1], i)), x.environment().zone()));
  }

  private static void times(FunctionTable table) {
    table.add(
        "+(time,interval) time",
        (r, i, a) -> r.longs[i] = Times.plus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "+(interval,time) time",
        (r, i, a) -> r.longs[i] = Times.plus(a[1].longs[i], interval(a[0], i)));
    table.add(
        "-(time,interval) time",
        (r, i, a) -> r.longs[i] = Times.minus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "-(time,time) interval",
        (r, i, a) -> r.objects[i] = new Interval(0, 0, a[0].longs[i] - a[1].longs[i]));
  }

  private static void intervals(FunctionTable table) {
    table.add(
        "+(interval,interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.plus(interval(a[0], i), interval(a[1], i)));
    table.add(
        "-(interval,interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.minus(interval(a[0], i), interval(a[1], i)));
    table.add(
        "-(interval) interval", (r, i, a) -> r.objects[i] = Intervals.negate(interval(a[0], i)));
    table.add(
        "*(interval,float8) interval",
        (r, i, a) -> r.objects[i] = Intervals.times(interval(a[0], i), a[1].doubles[i]));
    table.add(
        "*(float8,interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.times(interval(a[1], i), a[0].doubles[i]));
    table.add(
        "/(interval,float8) interval",
        (r, i, a) -> r.objects[i] = Intervals.divide(interval(a[0], i), a[1].doubles[i]));
  }
}
