// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.DateTimeText;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Intervals;
import io.distdb.sql.datetime.TimeZones;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.vector.Vector;
import java.time.ZoneId;

/** Building dates and times, the present, and time zones. */
final class DateTimeFunctions {
  private DateTimeFunctions() {}

  static void addTo(FunctionTable table) {
    present(table);
    making(table);
    ages(table);
    zones(table);
  }

  private static void present(FunctionTable table) {
    for (String now : new String[] {"now", "transaction_timestamp", "current_timestamp"}) {
      table.addStable(
          now + "() timestamptz", (x, r, i, a) -> r.longs[i] = x.environment().nowMicros());
    }
    table.addStable(
        "current_timestamp(int4) timestamptz",
        (x, r, i, a) -> r.longs[i] = rounded(x.environment().nowMicros(), a[0].longs[i]));
    table.addStable(
        "statement_timestamp() timestamptz",
        (x, r, i, a) -> r.longs[i] = x.environment().statementMicros());
    table.addVolatile(
        "clock_timestamp() timestamptz",
        (x, r, i, a) -> r.longs[i] = x.environment().clockMicros());
    table.addVolatile(
        "timeofday() text",
        (x, r, i, a) ->
            r.texts[i] =
                DateTimeText.timestamptz(x.environment().clockMicros(), x.environment().zone()));
    table.addStable(
        "current_date() date", (x, r, i, a) -> r.longs[i] = Timestamps.toDate(localNow(x)));
    table.addStable("localtimestamp() timestamp", (x, r, i, a) -> r.longs[i] = localNow(x));
    table.addStable(
        "localtimestamp(int4) timestamp",
        (x, r, i, a) -> r.longs[i] = rounded(localNow(x), a[0].longs[i]));
    table.addStable(
        "localtime() time", (x, r, i, a) -> r.longs[i] = Timestamps.toTime(localNow(x)));
    table.addStable(
        "localtime(int4) time",
        (x, r, i, a) ->
            r.longs[i] = Times.round(Timestamps.toTime(localNow(x)), digits(a[0].longs[i])));
  }

  private static long localNow(Caller caller) {
    return Timestamps.toLocal(caller.environment().nowMicros(), caller.environment().zone());
  }

  private static long rounded(long timestamp, long digits) {
    return Timestamps.round(timestamp, digits(digits));
  }

  private static int digits(long digits) {
    if (digits < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "precision must not be negative: " + digits);
    }
    return (int) Math.min(digits, 6);
  }

  private static void making(FunctionTable table) {
    table.add(
        "make_date(int4,int4,int4) date",
        (r, i, a) ->
            r.longs[i] = Dates.of((int) a[0].longs[i], (int) a[1].longs[i], (int) a[2].longs[i]));
    table.add(
        "make_time(int4,int4,float8) time",
        (r, i, a) ->
            r.longs[i] = Times.of((int) a[0].longs[i], (int) a[1].longs[i], a[2].doubles[i]));
    table.add(
        "make_timestamp(int4,int4,int4,int4,int4,float8) timestamp",
        (r, i, a) -> r.longs[i] = timestamp(a, i));
    table.addStable(
        "make_timestamptz(int4,int4,int4,int4,int4,float8) timestamptz",
        (x, r, i, a) -> r.longs[i] = Timestamps.toUtc(timestamp(a, i), x.environment().zone()));
    table.addStable(
        "make_timestamptz(int4,int4,int4,int4,int4,float8,text) timestamptz",
        (x, r, i, a) ->
            r.longs[i] = Timestamps.toUtc(timestamp(a, i), TimeZones.of(a[6].texts[i])));
    StringBuilder types = new StringBuilder();
    for (int n = 0; n < 7; n++) {
      table.add(
          "make_interval(" + types + ") interval", (r, i, a) -> r.objects[i] = makeInterval(a, i));
      types.append(n == 0 ? "int4" : ",int4");
    }
    table.add(
        "make_interval(int4,int4,int4,int4,int4,int4,float8) interval",
        (r, i, a) -> r.objects[i] = makeInterval(a, i));
    table.add(
        "to_timestamp(float8) timestamptz",
        (r, i, a) -> r.longs[i] = Timestamps.ofEpochSeconds(a[0].doubles[i]));
  }

  private static long timestamp(Vector[] a, int i) {
    return Timestamps.of(
        (int) a[0].longs[i],
        (int) a[1].longs[i],
        (int) a[2].longs[i],
        (int) a[3].longs[i],
        (int) a[4].longs[i],
        a[5].doubles[i]);
  }

  private static Interval makeInterval(Vector[] a, int i) {
    int[] parts = new int[6];
    for (int n = 0; n < Math.min(6, a.length); n++) {
      parts[n] = (int) a[n].longs[i];
    }
    return Intervals.of(
        parts[0],
        parts[1],
        parts[2],
        parts[3],
        parts[4],
        parts[5],
        a.length > 6 ? a[6].doubles[i] : 0);
  }

  private static void ages(FunctionTable table) {
    table.add(
        "age(timestamp,timestamp) interval",
        (r, i, a) -> r.objects[i] = Intervals.age(a[0].longs[i], a[1].longs[i]));
    table.addStable(
        "age(timestamptz,timestamptz) interval",
        (x, r, i, a) -> {
          ZoneId zone = x.environment().zone();
          r.objects[i] =
              Intervals.age(
                  Timestamps.toLocal(a[0].longs[i], zone), Timestamps.toLocal(a[1].longs[i], zone));
        });
    table.addStable(
        "age(timestamp) interval",
        (x, r, i, a) -> r.objects[i] = Intervals.age(today(x), a[0].longs[i]));
    table.addStable(
        "age(timestamptz) interval",
        (x, r, i, a) ->
            r.objects[i] =
                Intervals.age(today(x), Timestamps.toLocal(a[0].longs[i], x.environment().zone())));
    table.add(
        "justify_days(interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.justifyDays((Interval) a[0].objects[i]));
    table.add(
        "justify_hours(interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.justifyHours((Interval) a[0].objects[i]));
    table.add(
        "justify_interval(interval) interval",
        (r, i, a) -> r.objects[i] = Intervals.justify((Interval) a[0].objects[i]));
    table.add(
        "isfinite(date) bool",
        (r, i, a) -> r.longs[i] = Dates.isFinite((int) a[0].longs[i]) ? 1 : 0);
    table.add(
        "isfinite(timestamp) bool",
        (r, i, a) -> r.longs[i] = Timestamps.isFinite(a[0].longs[i]) ? 1 : 0);
    table.add(
        "isfinite(timestamptz) bool",
        (r, i, a) -> r.longs[i] = Timestamps.isFinite(a[0].longs[i]) ? 1 : 0);
    table.add("isfinite(interval) bool", (r, i, a) -> r.longs[i] = 1);
  }

  private static long today(Caller caller) {
    return Dates.toTimestamp(Timestamps.toDate(localNow(caller)));
  }

  private static void zones(FunctionTable table) {
    table.add(
        "timezone(text,timestamp) timestamptz",
        (r, i, a) -> r.longs[i] = Timestamps.toUtc(a[1].longs[i], TimeZones.of(a[0].texts[i])));
    table.add(
        "timezone(text,timestamptz) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.toLocal(a[1].longs[i], TimeZones.of(a[0].texts[i])));
    table.add(
        "timezone(interval,timestamp) timestamptz",
        (r, i, a) -> r.longs[i] = Timestamps.toUtc(a[1].longs[i], offset(a[0], i)));
    table.add(
        "timezone(interval,timestamptz) timestamp",
        (r, i, a) -> r.longs[i] = Timestamps.toLocal(a[1].longs[i], offset(a[0], i)));
  }

  private static ZoneId offset(Vector intervals, int row) {
    Interval interval = (Interval) intervals.objects[row];
    if (interval.months() != 0 || interval.days() != 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "interval time zone \""
              + DateTimeText.interval(interval)
              + "\" must not include months or days");
    }
    return TimeZones.ofSeconds(interval.micros() / Times.SECOND);
  }
}
