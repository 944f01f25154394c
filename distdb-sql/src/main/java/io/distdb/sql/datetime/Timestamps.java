// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * TIMESTAMP and TIMESTAMPTZ as microseconds since 1970-01-01 00:00:00, local or UTC.
 *
 * <p>The last moment is the end of the year 294246, as far as whole years of microseconds since
 * 1970 fit a long; PostgreSQL, which counts from 2000, gets thirty years further.
 */
public final class Timestamps {
  /** The last day of the year 294246. */
  static final int LAST_DAY = (int) LocalDate.of(294_246, 12, 31).toEpochDay();

  /** 4714-11-24 00:00:00 BC. */
  public static final long MIN = Dates.MIN * Times.DAY;

  /** 294246-12-31 23:59:59.999999. */
  public static final long MAX = (LAST_DAY + 1) * Times.DAY - 1;

  public static final long INFINITY = Long.MAX_VALUE;
  public static final long MINUS_INFINITY = Long.MIN_VALUE;

  private Timestamps() {}

  /** Whether this is a moment, not an infinity. */
  public static boolean isFinite(long timestamp) {
    return timestamp != INFINITY && timestamp != MINUS_INFINITY;
  }

  /** The day of a TIMESTAMP. */
  public static int toDate(long timestamp) {
    if (!isFinite(timestamp)) {
      return timestamp == INFINITY ? Dates.INFINITY : Dates.MINUS_INFINITY;
    }
    return (int) Math.floorDiv(timestamp, Times.DAY);
  }

  /** The time of day of a finite TIMESTAMP. */
  public static long toTime(long timestamp) {
    return Math.floorMod(timestamp, Times.DAY);
  }

  /** A TIMESTAMP from its parts; {@code time} may be 24:00:00. */
  public static long of(int date, long time) {
    return Dates.isFinite(date)
        ? checked(Math.addExact(Dates.toTimestamp(date), time))
        : Dates.toTimestamp(date);
  }

  /** {@code make_timestamp}; a negative year is BC. */
  public static long of(int year, int month, int day, int hour, int minute, double seconds) {
    return of(Dates.of(year, month, day), Times.of(hour, minute, seconds));
  }

  /**
   * Local time to UTC: {@code timestamp AT TIME ZONE zone}. A time that a clock change skips is
   * taken by the offset before the change, one that happens twice by the offset after it.
   */
  public static long toUtc(long local, ZoneId zone) {
    if (!isFinite(local)) {
      return local;
    }
    return checked(local - offsetOfLocal(local, zone).getTotalSeconds() * Times.SECOND);
  }

  /** The offset that {@link #toUtc} applies to a finite local time. */
  static ZoneOffset offsetOfLocal(long local, ZoneId zone) {
    if (zone instanceof ZoneOffset fixed) {
      return fixed;
    }
    ZoneRules rules = zone.getRules();
    LocalDateTime time = localDateTime(local);
    ZoneOffsetTransition change = rules.getTransition(time);
    if (change == null) {
      return rules.getOffset(time);
    }
    return change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter();
  }

  /** UTC to local time: {@code timestamptz AT TIME ZONE zone}. */
  public static long toLocal(long utc, ZoneId zone) {
    return isFinite(utc) ? checked(utc + offsetSeconds(utc, zone) * Times.SECOND) : utc;
  }

  /** Seconds east of Greenwich at a finite moment. */
  public static int offsetSeconds(long utc, ZoneId zone) {
    return zone instanceof ZoneOffset fixed
        ? fixed.getTotalSeconds()
        : zone.getRules().getOffset(Instants.of(utc)).getTotalSeconds();
  }

  static LocalDateTime localDateTime(long local) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(local, Times.SECOND),
        (int) Math.floorMod(local, Times.SECOND) * 1_000,
        ZoneOffset.UTC);
  }

  /** {@code timestamp + interval}: months first, to the month's last day at most; then days. */
  public static long plus(long timestamp, Interval interval) {
    if (!isFinite(timestamp)) {
      return timestamp;
    }
    return checkedSum(plusMonthsAndDays(timestamp, interval), interval.micros());
  }

  /** {@code timestamptz + interval}: months and days by the clock of {@code zone}. */
  public static long plus(long utc, Interval interval, ZoneId zone) {
    if (!isFinite(utc)) {
      return utc;
    }
    long moved = utc;
    if (interval.months() != 0 || interval.days() != 0) {
      moved = toUtc(plusMonthsAndDays(toLocal(utc, zone), interval), zone);
    }
    return checkedSum(moved, interval.micros());
  }

  private static long plusMonthsAndDays(long timestamp, Interval interval) {
    long day = Math.floorDiv(timestamp, Times.DAY);
    if (interval.months() != 0) {
      day = LocalDate.ofEpochDay(day).plusMonths(interval.months()).toEpochDay();
    }
    day += interval.days();
    if (day < Dates.MIN || day > LAST_DAY) {
      throw outOfRange();
    }
    return day * Times.DAY + toTime(timestamp);
  }

  /** {@code later - earlier} in microseconds; for the interval see {@link Intervals#between}. */
  static long difference(long later, long earlier) {
    if (!isFinite(later) || !isFinite(earlier)) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite timestamps");
    }
    long difference = later - earlier;
    if (((later ^ earlier) & (later ^ difference)) < 0) {
      throw new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range");
    }
    return difference;
  }

  /**
   * {@code to_timestamp(double precision)}: seconds since 1970, infinities included.
   *
   * @throws DistDbException {@code DATETIME_FIELD_OVERFLOW}: out of range, or NaN
   */
  public static long ofEpochSeconds(double seconds) {
    if (Double.isInfinite(seconds)) {
      return seconds > 0 ? INFINITY : MINUS_INFINITY;
    }
    if (Double.isNaN(seconds)) {
      throw new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "timestamp cannot be NaN");
    }
    double micros = Math.rint(seconds * Times.SECOND);
    if (!(micros >= MIN && micros <= MAX)) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "timestamp out of range: \"" + GeneralText.of(seconds) + "\"");
    }
    return (long) micros;
  }

  /** Rounded to {@code digits} digits of a second, 0 to 6. */
  public static long round(long timestamp, int digits) {
    return isFinite(timestamp) && digits < 6 ? checked(Times.round(timestamp, digits)) : timestamp;
  }

  private static long checkedSum(long timestamp, long micros) {
    long sum = timestamp + micros;
    if (((timestamp ^ sum) & (micros ^ sum)) < 0) {
      throw outOfRange();
    }
    return checked(sum);
  }

  static long checked(long timestamp) {
    if (timestamp < MIN || timestamp > MAX) {
      throw outOfRange();
    }
    return timestamp;
  }

  private static DistDbException outOfRange() {
    return new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
  }
}
