// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.Numeric;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Extract;
import io.distdb.sql.datetime.TimeZones;
import io.distdb.sql.datetime.Truncate;
import io.distdb.sql.vector.Vector;
import java.util.Map;

/** {@code extract}, {@code date_part}, {@code date_trunc} and {@code date_bin}. */
final class DateFieldFunctions {
  private DateFieldFunctions() {}

  private interface Field {
    /** Null for NULL. */
    Numeric of(Caller caller, String name, Vector values, int row);
  }

  static void addTo(FunctionTable table) {
    Map<String, Field> fields =
        Map.of(
            "date", (x, name, v, i) -> Extract.fromDate(name, (int) v.longs[i]),
            "time", (x, name, v, i) -> Extract.fromTime(name, v.longs[i]),
            "timestamp", (x, name, v, i) -> Extract.fromTimestamp(name, v.longs[i]),
            "timestamptz",
                (x, name, v, i) ->
                    Extract.fromTimestamptz(name, v.longs[i], x.environment().zone()),
            "interval",
                (x, name, v, i) -> Extract.fromInterval(name, DateTimeOperators.interval(v, i)));
    fields.forEach((type, field) -> {
      Volatility volatility = type.equals("timestamptz") ? Volatility.STABLE : Volatility.IMMUTABLE;
      table.add(
          "extract(text," + type + ") numeric",
          volatility,
          (x, r, i, a) -> {
            Numeric number = field.of(x, a[0].texts[i], a[1], i);
            r.nulls[i] = number == null;
            r.objects[i] = number;
          });
      if (type.equals("date")) {
        return;
      }
      table.add(
          "date_part(text," + type + ") float8",
          volatility,
          (x, r, i, a) -> {
            Numeric number = field.of(x, a[0].texts[i], a[1], i);
            r.nulls[i] = number == null;
            r.doubles[i] = number == null ? 0 : number.doubleValue();
          });
    });
    // unlike extract, date_part takes a date for its midnight
    table.add(
        "date_part(text,date) float8",
        (x, r, i, a) -> {
          long midnight = Dates.toTimestamp((int) a[1].longs[i]);
          Numeric number = Extract.fromTimestamp(a[0].texts[i], midnight);
          r.nulls[i] = number == null;
          r.doubles[i] = number == null ? 0 : number.doubleValue();
        });
    truncations(table);
  }

  private static void truncations(FunctionTable table) {
    table.add(
        "date_trunc(text,timestamp) timestamp",
        (r, i, a) -> r.longs[i] = Truncate.timestamp(a[0].texts[i], a[1].longs[i]));
    table.add(
        "date_trunc(text,interval) interval",
        (r, i, a) ->
            r.objects[i] = Truncate.interval(a[0].texts[i], DateTimeOperators.interval(a[1], i)));
    table.addStable(
        "date_trunc(text,timestamptz) timestamptz",
        (x, r, i, a) ->
            r.longs[i] =
                Truncate.timestamptz(a[0].texts[i], a[1].longs[i], x.environment().zone()));
    table.addStable(
        "date_trunc(text,timestamptz,text) timestamptz",
        (x, r, i, a) ->
            r.longs[i] =
                Truncate.timestamptz(a[0].texts[i], a[1].longs[i], TimeZones.of(a[2].texts[i])));
    RowFunction bin =
        (r, i, a) ->
            r.longs[i] =
                Truncate.bin(DateTimeOperators.interval(a[0], i), a[1].longs[i], a[2].longs[i]);
    table.add("date_bin(interval,timestamp,timestamp) timestamp", bin);
    table.add("date_bin(interval,timestamptz,timestamptz) timestamptz", bin);
  }
}
