// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;

/** TIME as microseconds since midnight, and the sizes of its units in microseconds. */
public final class Times {
  public static final long MILLISECOND = 1_000;
  public static final long SECOND = 1_000_000;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  private Times() {}

  /**
   * {@code make_time}.
   *
   * @param seconds 0 to 60, rounded to a microsecond
   * @throws DistDbException {@code DATETIME_FIELD_OVERFLOW}: beyond 24:00:00
   */
  public static long of(int hour, int minute, double seconds) {
    double micros = Math.rint(seconds * SECOND);
    boolean fits =
        hour >= 0
            && hour <= 24
            && minute >= 0
            && minute < 60
            && micros >= 0
            && micros <= MINUTE
            && hour * HOUR + minute * MINUTE + (long) micros <= DAY;
    if (!fits) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "time field value out of range: "
              + hour
              + ":"
              + "%02d".formatted(minute)
              + ":"
              + (seconds == Math.rint(seconds) && Math.abs(seconds) < 100_000
                  ? "%02d".formatted((long) seconds)
                  : GeneralText.of(seconds)));
    }
    return hour * HOUR + minute * MINUTE + (long) micros;
  }

  /** {@code time + interval}: months and days do not count, and the clock wraps at midnight. */
  public static long plus(long time, Interval interval) {
    return Math.floorMod(time + interval.micros() % DAY, DAY);
  }

  /** {@code time - interval}. */
  public static long minus(long time, Interval interval) {
    return Math.floorMod(time - interval.micros() % DAY, DAY);
  }

  /** An interval's part below a day, as a time of day. */
  public static long ofInterval(Interval interval) {
    return Math.floorMod(interval.micros(), DAY);
  }

  /** Rounded to {@code digits} digits of a second, 0 to 6; half away from zero. */
  public static long round(long micros, int digits) {
    long unit = 1;
    for (int i = digits; i < 6; i++) {
      unit *= 10;
    }
    long half = unit / 2;
    return micros >= 0 ? (micros + half) / unit * unit : -((-micros + half) / unit * unit);
  }
}
