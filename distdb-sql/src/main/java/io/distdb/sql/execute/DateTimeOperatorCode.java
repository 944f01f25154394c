// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Intervals;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;

/** Operators of dates, times and intervals. */
final class DateTimeOperatorCode {
  private DateTimeOperatorCode() {}

  static void addTo(CodeTable table) {
    dates(table);
    timestamps(table);
    times(table);
    intervals(table);
  }

  static Interval interval(Vector vector, int row) {
    return (Interval) vector.objects[row];
  }

  private static void dates(CodeTable table) {
    table.add(
        "+(date,int4)",
        (x, r, i, a) -> r.longs[i] = Dates.plusDays((int) a[0].longs[i], a[1].longs[i]));
    table.add(
        "+(int4,date)",
        (x, r, i, a) -> r.longs[i] = Dates.plusDays((int) a[1].longs[i], a[0].longs[i]));
    table.add(
        "-(date,int4)",
        (x, r, i, a) -> r.longs[i] = Dates.plusDays((int) a[0].longs[i], -a[1].longs[i]));
    table.add(
        "-(date,date)",
        (x, r, i, a) -> r.longs[i] = Dates.between((int) a[1].longs[i], (int) a[0].longs[i]));
    table.add(
        "+(date,time)",
        (x, r, i, a) -> r.longs[i] = Timestamps.of((int) a[0].longs[i], a[1].longs[i]));
    table.add(
        "+(time,date)",
        (x, r, i, a) -> r.longs[i] = Timestamps.of((int) a[1].longs[i], a[0].longs[i]));
    table.add(
        "+(date,interval)",
        (x, r, i, a) -> r.longs[i] = Timestamps.plus(midnight(a[0], i), interval(a[1], i)));
    table.add(
        "+(interval,date)",
        (x, r, i, a) -> r.longs[i] = Timestamps.plus(midnight(a[1], i), interval(a[0], i)));
    table.add(
        "-(date,interval)",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(midnight(a[0], i), Intervals.negate(interval(a[1], i))));
  }

  private static long midnight(Vector date, int row) {
    return Dates.toTimestamp((int) date.longs[row]);
  }

  private static void timestamps(CodeTable table) {
    table.add(
        "+(timestamp,interval)",
        (x, r, i, a) -> r.longs[i] = Timestamps.plus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "+(interval,timestamp)",
        (x, r, i, a) -> r.longs[i] = Timestamps.plus(a[1].longs[i], interval(a[0], i)));
    table.add(
        "-(timestamp,interval)",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(a[0].longs[i], Intervals.negate(interval(a[1], i))));
    FunctionCode between =
        (x, r, i, a) -> r.objects[i] = Intervals.between(a[1].longs[i], a[0].longs[i]);
    table.add("-(timestamp,timestamp)", between);
    table.add("-(timestamptz,timestamptz)", between);
    table.add(
        "+(timestamptz,interval)",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(a[0].longs[i], interval(a[1], i), x.environment().zone()));
    table.add(
        "+(interval,timestamptz)",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.plus(a[1].longs[i], interval(a[0], i), x.environment().zone()));
    table.add(
        "-(timestamptz,interval)",
        (x, r, i, a) ->
            r.longs[i] =
                Timestamps.plus(
                    a[0].longs[i], Intervals.negate(interval(a[1], i)), x.environment().zone()));
  }

  private static void times(CodeTable table) {
    table.add(
        "+(time,interval)",
        (x, r, i, a) -> r.longs[i] = Times.plus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "+(interval,time)",
        (x, r, i, a) -> r.longs[i] = Times.plus(a[1].longs[i], interval(a[0], i)));
    table.add(
        "-(time,interval)",
        (x, r, i, a) -> r.longs[i] = Times.minus(a[0].longs[i], interval(a[1], i)));
    table.add(
        "-(time,time)",
        (x, r, i, a) -> r.objects[i] = new Interval(0, 0, a[0].longs[i] - a[1].longs[i]));
  }

  private static void intervals(CodeTable table) {
    table.add(
        "+(interval,interval)",
        (x, r, i, a) -> r.objects[i] = Intervals.plus(interval(a[0], i), interval(a[1], i)));
    table.add(
        "-(interval,interval)",
        (x, r, i, a) -> r.objects[i] = Intervals.minus(interval(a[0], i), interval(a[1], i)));
    table.add("-(interval)", (x, r, i, a) -> r.objects[i] = Intervals.negate(interval(a[0], i)));
    table.add(
        "*(interval,float8)",
        (x, r, i, a) -> r.objects[i] = Intervals.times(interval(a[0], i), a[1].doubles[i]));
    table.add(
        "*(float8,interval)",
        (x, r, i, a) -> r.objects[i] = Intervals.times(interval(a[1], i), a[0].doubles[i]));
    table.add(
        "/(interval,float8)",
        (x, r, i, a) -> r.objects[i] = Intervals.divide(interval(a[0], i), a[1].doubles[i]));
  }
}
