// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;

/**
 * {@code extract(field from value)} as NUMERIC (PostgreSQL's documentation, 9.9.1).
 *
 * <p>Of an infinity, fields that grow with time are infinite and all others NULL, which is null
 * here. A field that the type has not is {@code FEATURE_NOT_SUPPORTED}, one that nothing has {@code
 * INVALID_PARAMETER_VALUE}.
 */
public final class Extract {
  static final String DATE = "date";
  static final String TIME = "time without time zone";
  static final String TIMESTAMP = "timestamp without time zone";
  static final String TIMESTAMPTZ = "timestamp with time zone";
  static final String INTERVAL = "interval";

  private Extract() {}

  public static Numeric fromDate(String name, int date) {
    return switch (DateTimeField.of(name, DATE)) {
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          throw DateTimeField.unsupported(name, DATE);
      case EPOCH ->
          Dates.isFinite(date)
              ? Numeric.of(date * 86_400L)
              : infinite(DateTimeField.EPOCH, date > 0);
      case JULIAN ->
          Dates.isFinite(date)
              ? Numeric.of((long) date + Dates.JULIAN_OF_EPOCH)
              : infinite(DateTimeField.JULIAN, date > 0);
      case DateTimeField field ->
          Dates.isFinite(date)
              ? Numeric.of(calendar(field, LocalDate.ofEpochDay(date)))
              : infinite(field, date > 0);
    };
  }

  public static Numeric fromTime(String name, long time) {
    return switch (DateTimeField.of(name, TIME)) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
          clock(DateTimeField.of(name, TIME), time);
      case EPOCH -> decimal(time, 6);
      case DAY,
          WEEK,
          MONTH,
          QUARTER,
          YEAR,
          DECADE,
          CENTURY,
          MILLENNIUM,
          DOW,
          DOY,
          ISODOW,
          ISOYEAR,
          JULIAN,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          throw DateTimeField.unsupported(name, TIME);
    };
  }

  public static Numeric fromTimestamp(String name, long timestamp) {
    DateTimeField field = DateTimeField.of(name, TIMESTAMP);
    return switch (field) {
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          Timestamps.isFinite(timestamp) ? refuse(name) : infinite(field, timestamp > 0);
      case DateTimeField other ->
          Timestamps.isFinite(timestamp)
              ? local(other, timestamp, timestamp)
              : infinite(other, timestamp > 0);
    };
  }

  private static Numeric refuse(String name) {
    throw DateTimeField.unsupported(name, TIMESTAMP);
  }

  /** By the clock of {@code zone}. */
  public static Numeric fromTimestamptz(String name, long utc, ZoneId zone) {
    DateTimeField field = DateTimeField.of(name, TIMESTAMPTZ);
    if (!Timestamps.isFinite(utc)) {
      return infinite(field, utc > 0);
    }
    int offset = Timestamps.offsetSeconds(utc, zone);
    return switch (field) {
      case TIMEZONE -> Numeric.of((long) offset);
      case TIMEZONE_HOUR -> Numeric.of((long) offset / 3_600);
      case TIMEZONE_MINUTE -> Numeric.of((long) offset % 3_600 / 60);
      case DateTimeField other -> local(other, utc + offset * Times.SECOND, utc);
    };
  }

  private static Numeric local(DateTimeField field, long local, long sinceEpoch) {
    return switch (field) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
          clock(field, Timestamps.toTime(local));
      case EPOCH -> decimal(sinceEpoch, 6);
      case JULIAN ->
          Numeric.of(
              BigDecimal.valueOf((long) Timestamps.toDate(local) + Dates.JULIAN_OF_EPOCH)
                  .add(partOfDay(Timestamps.toTime(local))));
      case DateTimeField other ->
          Numeric.of(calendar(other, LocalDate.ofEpochDay(Timestamps.toDate(local))));
    };
  }

  /**
   * Microseconds over a day's, to as many digits as PostgreSQL's NUMERIC division has: 16 that
   * count, in groups of four.
   */
  private static BigDecimal partOfDay(long micros) {
    long leading = micros;
    int groups = 0;
    while (leading >= 10_000) {
      leading /= 10_000;
      groups++;
    }
    // a day's microseconds are 864 0000 0000
    int weight = groups - 2 - (leading <= 864 ? 1 : 0);
    return BigDecimal.valueOf(micros)
        .divide(BigDecimal.valueOf(Times.DAY), 16 - weight * 4, RoundingMode.HALF_UP);
  }

  private static Numeric clock(DateTimeField field, long time) {
    long inMinute = time % Times.MINUTE;
    return switch (field) {
      case MICROSECONDS -> Numeric.of(inMinute);
      case MILLISECONDS -> decimal(inMinute, 3);
      case SECOND -> decimal(inMinute, 6);
      case MINUTE -> Numeric.of(time / Times.MINUTE % 60);
      case HOUR -> Numeric.of(time / Times.HOUR);
      case DateTimeField other -> throw new IllegalArgumentException("no clock shows " + other);
    };
  }

  private static long calendar(DateTimeField field, LocalDate day) {
    return switch (field) {
      case DAY -> day.getDayOfMonth();
      case WEEK -> day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTH -> day.getMonthValue();
      case QUARTER -> (day.getMonthValue() + 2) / 3;
      case YEAR -> Years.named(day.getYear());
      case DECADE -> Years.decade(day.getYear());
      case CENTURY -> Years.century(day.getYear());
      case MILLENNIUM -> Years.millennium(day.getYear());
      case DOW -> day.getDayOfWeek().getValue() % 7;
      case DOY -> day.getDayOfYear();
      case ISODOW -> day.getDayOfWeek().getValue();
      case ISOYEAR -> Years.named(day.get(IsoFields.WEEK_BASED_YEAR));
      case DateTimeField other -> throw new IllegalArgumentException("no calendar shows " + other);
    };
  }

  private static Numeric infinite(DateTimeField field, boolean positive) {
    return switch (field) {
      case YEAR, DECADE, CENTURY, MILLENNIUM, ISOYEAR, EPOCH, JULIAN ->
          positive ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY;
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          DAY,
          WEEK,
          MONTH,
          QUARTER,
          DOW,
          DOY,
          ISODOW,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          null;
    };
  }

  public static Numeric fromInterval(String name, Interval interval) {
    DateTimeField field = DateTimeField.of(name, INTERVAL);
    int years = interval.months() / 12;
    int months = interval.months() % 12;
    return switch (field) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> clock(field, interval.micros());
      case DAY -> Numeric.of((long) interval.days());
      case MONTH -> Numeric.of((long) months);
      case QUARTER -> Numeric.of(months / 3 + 1L);
      case YEAR -> Numeric.of((long) years);
      case DECADE -> Numeric.of(years / 10L);
      case CENTURY -> Numeric.of(years / 100L);
      case MILLENNIUM -> Numeric.of(years / 1_000L);
      case EPOCH -> Numeric.of(epoch(interval));
      case WEEK, DOW, DOY, ISODOW, ISOYEAR, JULIAN, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          throw DateTimeField.unsupported(name, INTERVAL);
    };
  }

  /** Seconds: a year has 365.25 days, a month 30. */
  private static BigDecimal epoch(Interval interval) {
    long quarterDays =
        interval.months() / 12 * 1_461L + interval.months() % 12 * 120L + interval.days() * 4L;
    return BigDecimal.valueOf(quarterDays * 21_600)
        .add(BigDecimal.valueOf(interval.micros(), 6))
        .setScale(6, RoundingMode.UNNECESSARY);
  }

  private static Numeric decimal(long unscaled, int scale) {
    return Numeric.of(BigDecimal.valueOf(unscaled, scale));
  }
}
