// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;

/** DATE as days since 1970-01-01: limits, building, sums. */
public final class Dates {
  /** 4714-11-24 BC, day 0 of the Julian period. */
  public static final int MIN = -2_440_588;

  /** 5874897-12-31. */
  public static final int MAX = (int) LocalDate.of(5_874_897, 12, 31).toEpochDay();

  public static final int INFINITY = Integer.MAX_VALUE;
  public static final int MINUS_INFINITY = Integer.MIN_VALUE;

  /** What Julian day numbers count from. */
  static final int JULIAN_OF_EPOCH = 2_440_588;

  private Dates() {}

  /** Whether the date is a day of the calendar, not an infinity. */
  public static boolean isFinite(int date) {
    return date != INFINITY && date != MINUS_INFINITY;
  }

  /**
   * {@code make_date}: a negative year is BC.
   *
   * @throws DistDbException {@code DATETIME_FIELD_OVERFLOW}: there is no such day
   */
  public static int of(int year, int month, int day) {
    int proleptic = year < 0 ? year + 1 : year;
    if (year == 0 || !isDay(proleptic, month, day)) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "date field value out of range: %d-%02d-%02d".formatted(year, month, day));
    }
    long days = LocalDate.of(proleptic, month, day).toEpochDay();
    if (days < MIN || days > MAX) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "date out of range: %d-%02d-%02d".formatted(year, month, day));
    }
    return (int) days;
  }

  /** Whether month and day exist in {@code year}, which is 0 for 1 BC. */
  static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && Math.abs((long) year) <= Year.MAX_VALUE
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  /** {@code date + days}; an infinity stays what it is. */
  public static int plusDays(int date, long days) {
    return isFinite(date) ? checked(Math.addExact((long) date, clamp(days))) : date;
  }

  private static long clamp(long days) {
    return Math.max(-(1L << 40), Math.min(1L << 40, days));
  }

  /**
   * {@code later - earlier} in days.
   *
   * @throws DistDbException {@code DATETIME_FIELD_OVERFLOW}: one of them is infinite
   */
  public static int between(int earlier, int later) {
    if (!isFinite(earlier) || !isFinite(later)) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
    }
    return later - earlier;
  }

  /** The midnight with which the day begins, as a TIMESTAMP. */
  public static long toTimestamp(int date) {
    if (!isFinite(date)) {
      return date == INFINITY ? Timestamps.INFINITY : Timestamps.MINUS_INFINITY;
    }
    if (date > Timestamps.LAST_DAY) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
    }
    return date * Times.DAY;
  }

  static int checked(long days) {
    if (days < MIN || days > MAX) {
      throw new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range");
    }
    return (int) days;
  }
}
