// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.ArrayList;
import java.util.List;

/**
 * Operators and functions of dates and times (PostgreSQL's documentation, 9.9). What goes by the
 * session's time zone or its clock is stable; {@code timezone} is AT TIME ZONE.
 */
final class DateTimeFunctions {
  static final List<ScalarFunction> OPERATORS = operators();
  static final List<ScalarFunction> ALL = all();

  private DateTimeFunctions() {}

  private static List<ScalarFunction> operators() {
    List<ScalarFunction> all = new ArrayList<>();
    all.addAll(
        Signatures.operators(
            Volatility.IMMUTABLE,
            """
            +(date,int4) date
            +(int4,date) date
            -(date,int4) date
            -(date,date) int4
            +(date,interval) timestamp
            +(interval,date) timestamp
            -(date,interval) timestamp
            +(date,time) timestamp
            +(time,date) timestamp
            +(timestamp,interval) timestamp
            +(interval,timestamp) timestamp
            -(timestamp,interval) timestamp
            -(timestamp,timestamp) interval
            -(timestamptz,timestamptz) interval
            +(time,interval) time
            +(interval,time) time
            -(time,interval) time
            -(time,time) interval
            +(interval,interval) interval
            -(interval,interval) interval
            -(interval) interval
            *(interval,float8) interval
            *(float8,interval) interval
            /(interval,float8) interval
            """));
    all.addAll(
        Signatures.operators(
            Volatility.STABLE,
            """
            +(timestamptz,interval) timestamptz
            +(interval,timestamptz) timestamptz
            -(timestamptz,interval) timestamptz
            """));
    return List.copyOf(all);
  }

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    all.addAll(immutable());
    all.addAll(stable());
    all.addAll(
        Signatures.functions(
            Volatility.VOLATILE,
            """
            clock_timestamp() timestamptz
            timeofday() text
            """));
    for (String type : List.of("timestamp", "time")) {
      all.addAll(Signatures.functions(Volatility.IMMUTABLE, overlaps(type)));
    }
    all.addAll(Signatures.functions(Volatility.STABLE, overlaps("timestamptz")));
    return List.copyOf(all);
  }

  private static String overlaps(String type) {
    return """
    overlaps(%1$s,%1$s,%1$s,%1$s) bool
    overlaps(%1$s,interval,%1$s,interval) bool
    overlaps(%1$s,interval,%1$s,%1$s) bool
    overlaps(%1$s,%1$s,%1$s,interval) bool
    """
        .formatted(type);
  }

  private static List<ScalarFunction> immutable() {
    return Signatures.functions(
        Volatility.IMMUTABLE,
        """
        age(timestamp,timestamp) interval
        extract(text,date) numeric
        extract(text,time) numeric
        extract(text,timestamp) numeric
        extract(text,interval) numeric
        date_part(text,date) float8
        date_part(text,time) float8
        date_part(text,timestamp) float8
        date_part(text,interval) float8
        date_trunc(text,timestamp) timestamp
        date_trunc(text,interval) interval
        date_bin(interval,timestamp,timestamp) timestamp
        date_bin(interval,timestamptz,timestamptz) timestamptz
        isfinite(date) bool
        isfinite(timestamp) bool
        isfinite(timestamptz) bool
        isfinite(interval) bool
        justify_days(interval) interval
        justify_hours(interval) interval
        justify_interval(interval) interval
        make_date(int4,int4,int4) date
        make_time(int4,int4,float8) time
        make_timestamp(int4,int4,int4,int4,int4,float8) timestamp
        make_interval() interval
        make_interval(int4) interval
        make_interval(int4,int4) interval
        make_interval(int4,int4,int4) interval
        make_interval(int4,int4,int4,int4) interval
        make_interval(int4,int4,int4,int4,int4) interval
        make_interval(int4,int4,int4,int4,int4,int4) interval
        make_interval(int4,int4,int4,int4,int4,int4,float8) interval
        to_timestamp(float8) timestamptz
        timezone(text,timestamp) timestamptz
        timezone(text,timestamptz) timestamp
        timezone(interval,timestamp) timestamptz
        timezone(interval,timestamptz) timestamp
        to_char(timestamp,text) text
        to_char(interval,text) text
        to_char(numeric,text) text
        to_char(float8,text) text
        to_char(float4,text) text
        to_char(int4,text) text
        to_char(int8,text) text
        to_number(text,text) numeric
        to_date(text,text) date
        """);
  }

  private static List<ScalarFunction> stable() {
    return Signatures.functions(
        Volatility.STABLE,
        """
        now() timestamptz
        transaction_timestamp() timestamptz
        statement_timestamp() timestamptz
        current_timestamp() timestamptz
        current_timestamp(int4) timestamptz
        current_date() date
        localtime() time
        localtime(int4) time
        localtimestamp() timestamp
        localtimestamp(int4) timestamp
        age(timestamp) interval
        age(timestamptz) interval
        age(timestamptz,timestamptz) interval
        extract(text,timestamptz) numeric
        date_part(text,timestamptz) float8
        date_trunc(text,timestamptz) timestamptz
        date_trunc(text,timestamptz,text) timestamptz
        make_timestamptz(int4,int4,int4,int4,int4,float8) timestamptz
        make_timestamptz(int4,int4,int4,int4,int4,float8,text) timestamptz
        to_char(timestamptz,text) text
        to_timestamp(text,text) timestamptz
        """);
  }
}
