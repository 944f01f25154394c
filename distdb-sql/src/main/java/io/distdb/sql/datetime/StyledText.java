// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * Dates and times as the styles SQL, Postgres and German write them (PostgreSQL's documentation,
 * 8.5.2); the style ISO is {@link DateTimeText}'s.
 */
public final class StyledText {
  private StyledText() {}

  public static String date(int date, DateStyle style, DateOrder order) {
    if (style == DateStyle.ISO || !Dates.isFinite(date)) {
      return DateTimeText.date(date);
    }
    StringBuilder out = new StringBuilder(13);
    LocalDate day = LocalDate.ofEpochDay(date);
    appendDay(out, day, style, order);
    return appendEra(out, day).toString();
  }

  public static String timestamp(long timestamp, DateStyle style, DateOrder order) {
    return style == DateStyle.ISO || !Timestamps.isFinite(timestamp)
        ? DateTimeText.timestamp(timestamp)
        : text(timestamp, style, order, "");
  }

  /** With the abbreviation of {@code zone} at that moment. */
  public static String timestamptz(long utc, ZoneId zone, DateStyle style, DateOrder order) {
    if (style == DateStyle.ISO || !Timestamps.isFinite(utc)) {
      return DateTimeText.timestamptz(utc, zone);
    }
    long local = utc + Timestamps.offsetSeconds(utc, zone) * Times.SECOND;
    return text(local, style, order, " " + zoneText(utc, zone));
  }

  private static String text(long local, DateStyle style, DateOrder order, String zone) {
    StringBuilder out = new StringBuilder(34);
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(local, Times.DAY));
    long time = Timestamps.toTime(local);
    if (style == DateStyle.POSTGRES) {
      out.append(name(day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT)));
      String month = name(day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT));
      out.append(' ').append(order == DateOrder.DMY ? "" : month + " ");
      DateTimeText.appendTwo(out, day.getDayOfMonth());
      out.append(' ').append(order == DateOrder.DMY ? month + " " : "");
      DateTimeText.appendTime(out, time);
      out.append(' ');
      appendYear(out, day);
    } else {
      appendDay(out, day, style, order);
      out.append(' ');
      DateTimeText.appendTime(out, time);
    }
    return appendEra(out.append(zone), day).toString();
  }

  private static String name(String english) {
    return english.substring(0, 3);
  }

  private static void appendDay(
      StringBuilder out, LocalDate day, DateStyle style, DateOrder order) {
    char separator =
        switch (style) {
          case SQL -> '/';
          case GERMAN -> '.';
          case POSTGRES, ISO -> '-';
        };
    boolean dayFirst = style == DateStyle.GERMAN || order == DateOrder.DMY;
    DateTimeText.appendTwo(out, dayFirst ? day.getDayOfMonth() : day.getMonthValue());
    out.append(separator);
    DateTimeText.appendTwo(out, dayFirst ? day.getMonthValue() : day.getDayOfMonth());
    out.append(separator);
    appendYear(out, day);
  }

  private static void appendYear(StringBuilder out, LocalDate day) {
    int year = day.getYear() > 0 ? day.getYear() : 1 - day.getYear();
    for (int limit = 1_000; limit > 1 && year < limit; limit /= 10) {
      out.append('0');
    }
    out.append(year);
  }

  private static StringBuilder appendEra(StringBuilder out, LocalDate day) {
    return out.append(day.getYear() <= 0 ? " BC" : "");
  }

  /** The abbreviation, or the offset where there is none. */
  private static String zoneText(long utc, ZoneId zone) {
    if (zone instanceof ZoneOffset && !zone.equals(ZoneOffset.UTC)) {
      StringBuilder offset = new StringBuilder(9);
      DateTimeText.appendOffset(offset, Timestamps.offsetSeconds(utc, zone));
      return offset.toString();
    }
    return TimeZones.abbreviation(utc, zone);
  }
}
