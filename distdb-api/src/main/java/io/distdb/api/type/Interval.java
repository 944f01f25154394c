// SPDX-License-Identifier: MIT
package io.distdb.api.type;

/**
 * A value of SQL's INTERVAL, kept as PostgreSQL keeps it (documentation, 8.5.4): months, days and
 * microseconds apart, because neither months nor days have a fixed length.
 *
 * <p>{@link #equals} tells 1 month from 30 days. SQL's order and equality take a month for 30 days
 * and a day for 24 hours: {@link #compareTo}, which is therefore not consistent with equals.
 *
 * @param months years and months together; may be negative, as may each part on its own
 * @param micros hours, minutes, seconds and their fractions
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {
  public static final Interval ZERO = new Interval(0, 0, 0);

  public static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final int DAYS_PER_MONTH = 30;

  /** Whole days when a month has 30 of them and 24 hours make one; {@link #microsOfDay} rest. */
  public long canonicalDays() {
    return months * (long) DAYS_PER_MONTH + days + Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** What {@link #canonicalDays} leaves: 0 to {@link #MICROS_PER_DAY} - 1. */
  public long microsOfDay() {
    return Math.floorMod(micros, MICROS_PER_DAY);
  }

  /** SQL's order. */
  @Override
  public int compareTo(Interval other) {
    int order = Long.compare(canonicalDays(), other.canonicalDays());
    return order != 0 ? order : Long.compare(microsOfDay(), other.microsOfDay());
  }
}
