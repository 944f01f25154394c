// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Interval;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads dates and times as PostgreSQL does (documentation, 8.5.1 and appendix B.1) with DateStyle
 * MDY: where the order of month and day is open, the month is first.
 *
 * <p>Every method throws a {@link DistDbException}: {@code INVALID_DATETIME_FORMAT} for a text that
 * is no date or time, {@code DATETIME_FIELD_OVERFLOW} for one that does not exist or that the type
 * cannot hold, {@code INVALID_PARAMETER_VALUE} for an unknown time zone.
 */
public final class DateTimeInput {
  private DateTimeInput() {}

  /** A time of day beside the date is read and left out. */
  public static int date(String text, DateTimeContext context) {
    DateTimeParts parts = DateTimeReader.read("date", text, false, context);
    if (parts.special() != null) {
      return switch (parts.special()) {
        case INFINITY -> Dates.INFINITY;
        case MINUS_INFINITY -> Dates.MINUS_INFINITY;
        case EPOCH -> 0;
        case NOW -> context.today();
      };
    }
    if (parts.day() < Dates.MIN || parts.day() > Dates.MAX) {
      throw DateTimeErrors.range("date", text);
    }
    return (int) parts.day();
  }

  /** Microseconds of the day; a date and a zone beside it are read and left out. */
  public static long time(String text, DateTimeContext context) {
    DateTimeParts parts = DateTimeReader.read("time", text, true, context);
    if (parts.special() == null) {
      return parts.time();
    }
    return switch (parts.special()) {
      case NOW -> Timestamps.toTime(context.localNow());
      case EPOCH, INFINITY, MINUS_INFINITY -> throw DateTimeErrors.syntax("time", text);
    };
  }

  /** Local time; a zone is read and left out. */
  public static long timestamp(String text, DateTimeContext context) {
    DateTimeParts parts = DateTimeReader.read("timestamp", text, false, context);
    if (parts.special() == null) {
      return moment(parts, ZoneOffset.UTC, text);
    }
    return switch (parts.special()) {
      case INFINITY -> Timestamps.INFINITY;
      case MINUS_INFINITY -> Timestamps.MINUS_INFINITY;
      case EPOCH -> 0;
      case NOW -> context.localNow();
    };
  }

  /** UTC; a text without a zone is in the session's. */
  public static long timestamptz(String text, DateTimeContext context) {
    DateTimeParts parts = DateTimeReader.read("timestamp with time zone", text, false, context);
    if (parts.special() == null) {
      return moment(parts, parts.zone() == null ? context.zone() : parts.zone(), text);
    }
    return switch (parts.special()) {
      case INFINITY -> Timestamps.INFINITY;
      case MINUS_INFINITY -> Timestamps.MINUS_INFINITY;
      case EPOCH -> 0;
      case NOW -> context.nowMicros();
    };
  }

  /** As {@link IntervalInput#read}, for every field. */
  public static Interval interval(String text) {
    return IntervalInput.read(text, IntervalFields.ALL);
  }

  private static long moment(DateTimeParts parts, ZoneId zone, String text) {
    if (parts.day() < Dates.MIN || parts.day() > Timestamps.LAST_DAY) {
      throw DateTimeErrors.range("timestamp", text);
    }
    try {
      return Timestamps.toUtc(parts.day() * Times.DAY + parts.time(), zone);
    } catch (DistDbException e) {
      throw DateTimeErrors.range("timestamp", text);
    }
  }
}
