// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;
import java.time.LocalDate;
import java.time.ZoneId;

/** Output as of DateStyle ISO and IntervalStyle postgres. Each form appends to a builder. */
public final class DateTimeText {
  private DateTimeText() {}

  public static String date(int date) {
    StringBuilder out = new StringBuilder(13);
    appendDate(out, date);
    return out.toString();
  }

  public static String time(long time) {
    StringBuilder out = new StringBuilder(15);
    appendTime(out, time);
    return out.toString();
  }

  public static String timestamp(long timestamp) {
    StringBuilder out = new StringBuilder(26);
    appendTimestamp(out, timestamp);
    return out.toString();
  }

  public static String timestamptz(long utc, ZoneId zone) {
    StringBuilder out = new StringBuilder(32);
    appendTimestamptz(out, utc, zone);
    return out.toString();
  }

  public static String interval(Interval interval) {
    StringBuilder out = new StringBuilder(32);
    IntervalText.append(out, interval);
    return out.toString();
  }

  /** {@code 2001-02-16}; years before 1 with {@code BC} behind. */
  public static void appendDate(StringBuilder out, int date) {
    if (!Dates.isFinite(date)) {
      out.append(date == Dates.INFINITY ? "infinity" : "-infinity");
      return;
    }
    LocalDate day = LocalDate.ofEpochDay(date);
    appendDay(out, day);
    appendEra(out, day);
  }

  /** {@code 20:38:40.125}, as many digits as there are. */
  public static void appendTime(StringBuilder out, long time) {
    appendTwo(out, time / Times.HOUR);
    out.append(':');
    appendTwo(out, time / Times.MINUTE % 60);
    out.append(':');
    appendTwo(out, time / Times.SECOND % 60);
    appendFraction(out, (int) (time % Times.SECOND));
  }

  public static void appendTimestamp(StringBuilder out, long timestamp) {
    if (!Timestamps.isFinite(timestamp)) {
      out.append(timestamp == Timestamps.INFINITY ? "infinity" : "-infinity");
      return;
    }
    LocalDate day = appendLocal(out, timestamp);
    appendEra(out, day);
  }

  /** With the offset of {@code zone} at that moment: {@code +05:30}. */
  public static void appendTimestamptz(StringBuilder out, long utc, ZoneId zone) {
    if (!Timestamps.isFinite(utc)) {
      appendTimestamp(out, utc);
      return;
    }
    int offset = Timestamps.offsetSeconds(utc, zone);
    LocalDate day = appendLocal(out, utc + offset * Times.SECOND);
    appendOffset(out, offset);
    appendEra(out, day);
  }

  private static LocalDate appendLocal(StringBuilder out, long local) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(local, Times.DAY));
    appendDay(out, day);
    out.append(' ');
    appendTime(out, Timestamps.toTime(local));
    return day;
  }

  private static void appendDay(StringBuilder out, LocalDate day) {
    int year = day.getYear() > 0 ? day.getYear() : 1 - day.getYear();
    for (int limit = 1_000; limit > 1 && year < limit; limit /= 10) {
      out.append('0');
    }
    out.append(year).append('-');
    appendTwo(out, day.getMonthValue());
    out.append('-');
    appendTwo(out, day.getDayOfMonth());
  }

  private static void appendEra(StringBuilder out, LocalDate day) {
    if (day.getYear() <= 0) {
      out.append(" BC");
    }
  }

  /** Hours, then minutes and seconds where they are not zero. */
  static void appendOffset(StringBuilder out, int seconds) {
    int rest = Math.abs(seconds);
    out.append(seconds < 0 ? '-' : '+');
    appendTwo(out, rest / 3_600);
    if (rest % 3_600 != 0) {
      out.append(':');
      appendTwo(out, rest / 60 % 60);
    }
    if (rest % 60 != 0) {
      out.append(':');
      appendTwo(out, rest % 60);
    }
  }

  static void appendTwo(StringBuilder out, long number) {
    if (number < 10) {
      out.append('0');
    }
    out.append(number);
  }

  /** {@code .125}; nothing for 0. */
  static void appendFraction(StringBuilder out, int micros) {
    if (micros == 0) {
      return;
    }
    out.append('.');
    int digit = 100_000;
    for (int rest = micros; rest > 0; digit /= 10) {
      out.append((char) ('0' + rest / digit));
      rest %= digit;
    }
  }
}
