// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;

/** {@code 1 year 2 mons -3 days +04:05:06}: a plus where the part before it was negative. */
final class IntervalText {
  private IntervalText() {}

  static void append(StringBuilder out, Interval interval) {
    int start = out.length();
    boolean negative = part(out, start, interval.months() / 12, "year", false);
    negative = part(out, start, interval.months() % 12, "mon", negative);
    negative = part(out, start, interval.days(), "day", negative);
    long micros = interval.micros();
    if (micros == 0 && out.length() > start) {
      return;
    }
    if (out.length() > start) {
      out.append(' ');
    }
    if (micros < 0) {
      out.append('-');
    } else if (negative) {
      out.append('+');
    }
    // two steps down, so that the least long has a positive counterpart
    long seconds = Math.abs(micros / Times.SECOND);
    DateTimeText.appendTwo(out, seconds / 3_600);
    out.append(':');
    DateTimeText.appendTwo(out, seconds / 60 % 60);
    out.append(':');
    DateTimeText.appendTwo(out, seconds % 60);
    DateTimeText.appendFraction(out, (int) Math.abs(micros % Times.SECOND));
  }

  /** Whether the last part that was written is negative. */
  private static boolean part(
      StringBuilder out, int start, int value, String unit, boolean negativeBefore) {
    if (value == 0) {
      return negativeBefore;
    }
    if (out.length() > start) {
      out.append(' ');
    }
    if (negativeBefore && value > 0) {
      out.append('+');
    }
    out.append(value).append(' ').append(unit);
    if (value != 1) {
      out.append('s');
    }
    return value < 0;
  }
}
