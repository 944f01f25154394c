// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import java.time.LocalDate;
import java.time.ZoneId;

/** {@code date_trunc} and {@code date_bin} (PostgreSQL's documentation, 9.9.2 and 9.9.3). */
public final class Truncate {
  private Truncate() {}

  public static long timestamp(String unit, long timestamp) {
    return Timestamps.isFinite(timestamp)
        ? Timestamps.checked(local(unit, timestamp, Extract.TIMESTAMP))
        : timestamp;
  }

  /** By the clock of {@code zone}. */
  public static long timestamptz(String unit, long utc, ZoneId zone) {
    if (!Timestamps.isFinite(utc)) {
      return utc;
    }
    long offset = Timestamps.offsetSeconds(utc, zone) * Times.SECOND;
    long cut = local(unit, utc + offset, Extract.TIMESTAMPTZ);
    return switch (DateTimeField.of(unit, Extract.TIMESTAMPTZ)) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> Timestamps.checked(cut - offset);
      case DateTimeField day -> Timestamps.toUtc(cut, zone);
    };
  }

  private static long local(String unit, long local, String type) {
    return switch (DateTimeField.of(unit, type)) {
      case MICROSECONDS -> local;
      case MILLISECONDS -> floor(local, Times.MILLISECOND);
      case SECOND -> floor(local, Times.SECOND);
      case MINUTE -> floor(local, Times.MINUTE);
      case HOUR -> floor(local, Times.HOUR);
      case DAY -> floor(local, Times.DAY);
      case WEEK -> {
        LocalDate day = day(local);
        yield start(day.minusDays(day.getDayOfWeek().getValue() - 1L));
      }
      case MONTH -> start(day(local).withDayOfMonth(1));
      case QUARTER -> {
        LocalDate day = day(local);
        yield start(LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1));
      }
      case YEAR -> year(day(local).getYear());
      case DECADE -> year(Years.decade(day(local).getYear()) * 10);
      case CENTURY -> year(Years.periodStart(day(local).getYear(), 100));
      case MILLENNIUM -> year(Years.periodStart(day(local).getYear(), 1_000));
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw DateTimeField.unsupported(unit, type);
      case DOW, DOY, ISODOW, ISOYEAR, EPOCH, JULIAN -> throw DateTimeField.unknown(unit, type);
    };
  }

  private static long floor(long micros, long unit) {
    return micros - Math.floorMod(micros, unit);
  }

  private static LocalDate day(long local) {
    return LocalDate.ofEpochDay(Timestamps.toDate(local));
  }

  private static long start(LocalDate day) {
    return day.toEpochDay() * Times.DAY;
  }

  private static long year(int year) {
    return start(LocalDate.of(year, 1, 1));
  }

  public static Interval interval(String unit, Interval interval) {
    int months = interval.months();
    long micros = interval.micros();
    return switch (DateTimeField.of(unit, Extract.INTERVAL)) {
      case MICROSECONDS -> interval;
      case MILLISECONDS -> clock(interval, micros - micros % Times.MILLISECOND);
      case SECOND -> clock(interval, micros - micros % Times.SECOND);
      case MINUTE -> clock(interval, micros - micros % Times.MINUTE);
      case HOUR -> clock(interval, micros - micros % Times.HOUR);
      case DAY -> clock(interval, 0);
      case MONTH -> new Interval(months, 0, 0);
      case QUARTER -> new Interval(months - months % 3, 0, 0);
      case YEAR -> new Interval(months - months % 12, 0, 0);
      case DECADE -> new Interval(months - months % 120, 0, 0);
      case CENTURY -> new Interval(months - months % 1_200, 0, 0);
      case MILLENNIUM -> new Interval(months - months % 12_000, 0, 0);
      case WEEK ->
          throw DateTimeField.unsupported(unit, Extract.INTERVAL)
              .withDetail("Months usually have fractional weeks.");
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          throw DateTimeField.unsupported(unit, Extract.INTERVAL);
      case DOW, DOY, ISODOW, ISOYEAR, EPOCH, JULIAN ->
          throw DateTimeField.unknown(unit, Extract.INTERVAL);
    };
  }

  private static Interval clock(Interval interval, long micros) {
    return new Interval(interval.months(), interval.days(), micros);
  }

  /** {@code date_bin}, of TIMESTAMPs or TIMESTAMPTZs: the start of the bin, seen from origin. */
  public static long bin(Interval stride, long timestamp, long origin) {
    if (!Timestamps.isFinite(timestamp)) {
      return timestamp;
    }
    if (!Timestamps.isFinite(origin)) {
      throw new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "origin out of range");
    }
    if (stride.months() != 0) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "timestamps cannot be binned into intervals containing months or years");
    }
    try {
      long size = Math.addExact(Math.multiplyExact(stride.days(), Times.DAY), stride.micros());
      if (size <= 0) {
        throw new DistDbException(
            ErrorCode.DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
      }
      long distance = Timestamps.difference(timestamp, origin);
      return Timestamps.checked(timestamp - Math.floorMod(distance, size));
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalRange();
    }
  }
}
