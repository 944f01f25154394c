// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;

/**
 * Intervals as the styles sql_standard, postgres_verbose and iso_8601 write them (PostgreSQL's
 * documentation, 8.5.5).
 */
public final class IntervalStyles {
  private final StringBuilder out = new StringBuilder(40);
  private final long years;
  private final long months;
  private final long days;
  private final long hours;
  private final long minutes;
  private final long micros;

  private IntervalStyles(Interval interval) {
    years = interval.months() / 12;
    months = interval.months() % 12;
    days = interval.days();
    hours = interval.micros() / Times.HOUR;
    minutes = interval.micros() / Times.MINUTE % 60;
    micros = interval.micros() % Times.MINUTE;
  }

  public static String text(Interval interval, IntervalStyle style) {
    return switch (style) {
      case POSTGRES -> DateTimeText.interval(interval);
      case POSTGRES_VERBOSE -> new IntervalStyles(interval).verbose();
      case SQL_STANDARD -> new IntervalStyles(interval).standard();
      case ISO_8601 -> new IntervalStyles(interval).iso();
    };
  }

  private void appendSeconds(boolean padded) {
    long seconds = Math.abs(micros) / Times.SECOND;
    if (padded) {
      DateTimeText.appendTwo(out, seconds);
    } else {
      out.append(seconds);
    }
    DateTimeText.appendFraction(out, (int) (Math.abs(micros) % Times.SECOND));
  }

  // --- iso_8601: P1Y2M3DT4H5M6S ---

  private String iso() {
    out.append('P');
    part(years, 'Y');
    part(months, 'M');
    part(days, 'D');
    if (hours != 0 || minutes != 0 || micros != 0) {
      out.append('T');
      part(hours, 'H');
      part(minutes, 'M');
      if (micros != 0) {
        out.append(micros < 0 ? "-" : "");
        appendSeconds(false);
        out.append('S');
      }
    }
    return out.length() == 1 ? "PT0S" : out.toString();
  }

  private void part(long value, char unit) {
    if (value != 0) {
      out.append(value).append(unit);
    }
  }

  // --- postgres_verbose: @ 1 year 2 mons 3 days 4 hours 5 mins 6 secs ago ---

  /** The first part that is not zero decides whether the whole is {@code ago}. */
  private String verbose() {
    long first = years != 0 ? years : months != 0 ? months : days != 0 ? days : 0;
    first = first != 0 ? first : hours != 0 ? hours : minutes != 0 ? minutes : micros;
    boolean ago = first < 0;
    long sign = ago ? -1 : 1;
    out.append('@');
    part(sign * years, "year");
    part(sign * months, "mon");
    part(sign * days, "day");
    part(sign * hours, "hour");
    part(sign * minutes, "min");
    if (micros != 0) {
      out.append(sign * micros < 0 ? " -" : " ");
      appendSeconds(false);
      out.append(Math.abs(micros) == Times.SECOND ? " sec" : " secs");
    }
    if (out.length() == 1) {
      out.append(" 0");
    }
    return out.append(ago ? " ago" : "").toString();
  }

  private void part(long value, String unit) {
    if (value != 0) {
      out.append(' ').append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
    }
  }

  // --- sql_standard: 1-2, 3 4:05:06, +1-2 -3 +4:05:06 ---

  private String standard() {
    boolean negative =
        years < 0 || months < 0 || days < 0 || hours < 0 || minutes < 0 || micros < 0;
    boolean positive =
        years > 0 || months > 0 || days > 0 || hours > 0 || minutes > 0 || micros > 0;
    if (!negative && !positive) {
      return "0";
    }
    boolean hasMonths = years != 0 || months != 0;
    boolean hasTime = days != 0 || hours != 0 || minutes != 0 || micros != 0;
    if (negative && positive || hasMonths && hasTime) {
      out.append(years < 0 || months < 0 ? '-' : '+');
      out.append(Math.abs(years)).append('-').append(Math.abs(months));
      out.append(days < 0 ? " -" : " +").append(Math.abs(days));
      out.append(hours < 0 || minutes < 0 || micros < 0 ? " -" : " +");
      appendClock();
      return out.toString();
    }
    out.append(negative ? "-" : "");
    if (hasMonths) {
      return out.append(Math.abs(years)).append('-').append(Math.abs(months)).toString();
    }
    if (days != 0) {
      out.append(Math.abs(days)).append(' ');
    }
    appendClock();
    return out.toString();
  }

  private void appendClock() {
    out.append(Math.abs(hours)).append(':');
    DateTimeText.appendTwo(out, Math.abs(minutes));
    out.append(':');
    appendSeconds(true);
  }
}
