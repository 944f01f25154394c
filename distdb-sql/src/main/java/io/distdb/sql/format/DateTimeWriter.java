// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import java.time.ZoneId;
import java.util.Locale;

/** {@code to_char} of timestamps and intervals. */
public final class DateTimeWriter {
  private final DateTimePattern pattern;

  private DateTimeWriter(DateTimePattern pattern) {
    this.pattern = pattern;
  }

  /** Reads {@code template} once for many values. */
  public static DateTimeWriter of(String template) {
    return new DateTimeWriter(DateTimePattern.of(template));
  }

  /** Null of an infinity, and of an empty template. */
  public String timestamp(long timestamp) {
    return Timestamps.isFinite(timestamp) ? write(CalendarFields.ofTimestamp(timestamp)) : null;
  }

  /** By the clock of {@code zone}; null of an infinity. */
  public String timestamptz(long utc, ZoneId zone) {
    return Timestamps.isFinite(utc) ? write(CalendarFields.ofTimestamptz(utc, zone)) : null;
  }

  public String interval(Interval interval) {
    return write(CalendarFields.ofInterval(interval));
  }

  private String write(CalendarFields value) {
    StringBuilder out = new StringBuilder();
    for (DateTimePattern.Part part : pattern.parts()) {
      if (part.key() == null) {
        out.append(part.text());
      } else {
        write(out, part, value);
      }
    }
    return pattern.parts().isEmpty() ? null : out.toString();
  }

  private static void write(StringBuilder out, DateTimePattern.Part part, CalendarFields value) {
    switch (part.key()) {
      case AM, PM -> out.append(cased(value.hours() % 24 >= 12 ? "PM" : "AM", part));
      case AM_DOTTED, PM_DOTTED ->
          out.append(cased(value.hours() % 24 >= 12 ? "P.M." : "A.M.", part));
      case HH, HH12 -> {
        long hour = value.hours() % 12;
        number(out, part, hour == 0 ? 12 : hour, value.hours() >= 0 ? 2 : 3);
      }
      case HH24 -> number(out, part, value.hours(), value.hours() >= 0 ? 2 : 3);
      case MI -> clock(out, part, value.seconds() / 60 % 60);
      case SS -> clock(out, part, value.seconds() % 60);
      case SSSS, SSSSS -> number(out, part, value.seconds(), 0);
      case MS -> digits(out, part, value.fraction() / Times.MILLISECOND, 3);
      case US -> digits(out, part, value.fraction(), 6);
      case FF1 -> digits(out, part, value.fraction() / 100_000, 1);
      case FF2 -> digits(out, part, value.fraction() / 10_000, 2);
      case FF3 -> digits(out, part, value.fraction() / 1_000, 3);
      case FF4 -> digits(out, part, value.fraction() / 100, 4);
      case FF5 -> digits(out, part, value.fraction() / 10, 5);
      case FF6 -> digits(out, part, value.fraction(), 6);
      case AD, BC, AD_DOTTED, BC_DOTTED, MONTH, MON, DAY, DY, TZ, TZH, TZM, OF ->
          ofDate(out, part, value);
      case CC, YYYY, YYY, YY, Y, Y_YYY, IYYY, IYY, IY, I -> year(out, part, value);
      case MM -> number(out, part, value.month(), value.month() >= 0 ? 2 : 3);
      case DD -> number(out, part, value.dayOfMonth(), 2);
      case Q -> {
        if (value.month() != 0) {
          number(out, part, (value.month() - 1) / 3 + 1, 0);
        }
      }
      case RM -> roman(out, part, value);
      case DDD, IDDD, D, ID, WW, IW, W, J -> dayNumber(out, part, value);
    }
  }

  private static void clock(StringBuilder out, DateTimePattern.Part part, long number) {
    number(out, part, number, number >= 0 ? 2 : 3);
  }

  private static void ofDate(StringBuilder out, DateTimePattern.Part part, CalendarFields value) {
    if (value.isInterval()) {
      throw notForIntervals();
    }
    switch (part.key()) {
      case AD, BC -> out.append(cased(value.year() > 0 ? "AD" : "BC", part));
      case AD_DOTTED, BC_DOTTED -> out.append(cased(value.year() > 0 ? "A.D." : "B.C.", part));
      case MONTH -> name(out, part, Calendar.MONTHS.get(value.month() - 1), 9);
      case MON -> name(out, part, Calendar.MONTHS.get(value.month() - 1).substring(0, 3), 0);
      case DAY -> name(out, part, Calendar.DAYS.get(value.dayOfWeek()), 9);
      case DY -> name(out, part, Calendar.DAYS.get(value.dayOfWeek()).substring(0, 3), 0);
      case TZ -> out.append(cased(value.zone(), part));
      case TZH ->
          out.append(value.offsetSeconds() < 0 ? '-' : '+')
              .append("%02d".formatted(Math.abs(value.offsetSeconds()) / 3_600));
      case TZM -> out.append("%02d".formatted(Math.abs(value.offsetSeconds()) % 3_600 / 60));
      case DateTimeKey offset -> {
        int seconds = Math.abs(value.offsetSeconds());
        out.append(value.offsetSeconds() < 0 ? '-' : '+')
            .append((part.fill() ? "%02d" : "%d").formatted(seconds / 3_600));
        if (seconds % 3_600 != 0) {
          out.append(":%02d".formatted(seconds % 3_600 / 60));
        }
      }
    }
  }

  private static DistDbException notForIntervals() {
    return new DistDbException(
            ErrorCode.INVALID_DATETIME_FORMAT, "invalid format specification for an interval value")
        .withHint("Intervals are not tied to specific calendar dates.");
  }

  private static void year(StringBuilder out, DateTimePattern.Part part, CalendarFields value) {
    int year = value.namedYear();
    switch (part.key()) {
      case CC -> {
        int century =
            value.isInterval()
                ? value.year() / 100
                : value.year() > 0 ? (value.year() - 1) / 100 + 1 : -((99 + year) / 100);
        number(out, part, century, Math.abs(century) > 99 ? 0 : century < 0 ? 3 : 2);
      }
      case YYYY -> number(out, part, year, year >= 0 ? 4 : 5);
      case YYY -> number(out, part, year % 1_000, year >= 0 ? 3 : 4);
      case YY -> number(out, part, year % 100, year >= 0 ? 2 : 3);
      case Y -> number(out, part, year % 10, 1);
      case Y_YYY ->
          out.append("%d,%03d".formatted(year / 1_000, year % 1_000))
              .append(suffix(part, Integer.toString(year)));
      case DateTimeKey iso -> {
        int isoYear = value.isInterval() ? year : value.isoYear();
        switch (iso) {
          case IYYY -> number(out, part, isoYear, isoYear >= 0 ? 4 : 5);
          case IYY -> number(out, part, isoYear % 1_000, isoYear >= 0 ? 3 : 4);
          case IY -> number(out, part, isoYear % 100, isoYear >= 0 ? 2 : 3);
          case DateTimeKey digit -> number(out, part, isoYear % 10, 1);
        }
      }
    }
  }

  private static void dayNumber(
      StringBuilder out, DateTimePattern.Part part, CalendarFields value) {
    if (value.isInterval() && part.key() != DateTimeKey.DDD) {
      throw notForIntervals();
    }
    switch (part.key()) {
      case DDD -> number(out, part, value.dayOfYear(), 3);
      case IDDD -> number(out, part, value.isoDayOfYear(), 3);
      case D -> number(out, part, value.dayOfWeek() + 1, 0);
      case ID -> number(out, part, value.dayOfWeek() == 0 ? 7 : value.dayOfWeek(), 0);
      case WW -> number(out, part, (value.dayOfYear() - 1) / 7 + 1, 2);
      case IW -> number(out, part, value.isoWeek(), 2);
      case W -> number(out, part, (value.dayOfMonth() - 1) / 7 + 1, 0);
      case DateTimeKey julian -> number(out, part, value.julianDay(), 0);
    }
  }

  /** Months in Roman numbers; of an interval 0 is nothing, and negative ones count back. */
  private static void roman(StringBuilder out, DateTimePattern.Part part, CalendarFields value) {
    int month = value.month();
    if (month == 0 && value.year() == 0) {
      return;
    }
    int index = month == 0 ? (value.year() >= 0 ? 11 : 0) : month > 0 ? month - 1 : 12 + month;
    String name = cased(Calendar.ROMAN_MONTHS.get(index), part);
    out.append(part.fill() ? "%-4s".formatted(name) : name);
  }

  private static void number(StringBuilder out, DateTimePattern.Part part, long number, int width) {
    String digits = Long.toString(Math.abs(number));
    int start = out.length();
    if (number < 0) {
      out.append('-');
    }
    for (int i = digits.length() + (number < 0 ? 1 : 0); part.fill() && i < width; i++) {
      out.append('0');
    }
    out.append(digits);
    out.append(suffix(part, out.substring(start)));
  }

  private static void digits(StringBuilder out, DateTimePattern.Part part, long number, int width) {
    String digits = ("%0" + width + "d").formatted(number);
    out.append(digits).append(suffix(part, digits));
  }

  private static String suffix(DateTimePattern.Part part, String digits) {
    return part.ordinal().isEmpty() ? "" : Calendar.ordinal(digits, part.ordinal().equals("TH"));
  }

  private static void name(StringBuilder out, DateTimePattern.Part part, String name, int width) {
    String cased = cased(name, part);
    out.append(cased);
    for (int i = cased.length(); part.fill() && !part.translated() && i < width; i++) {
      out.append(' ');
    }
  }

  private static String cased(String name, DateTimePattern.Part part) {
    return switch (part.letters()) {
      case UPPER -> name.toUpperCase(Locale.ROOT);
      case LOWER -> name.toLowerCase(Locale.ROOT);
      case CAPITAL -> name;
    };
  }
}
