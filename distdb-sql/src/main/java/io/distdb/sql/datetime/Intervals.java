// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import java.time.LocalDate;

/**
 * Interval arithmetic (PostgreSQL's documentation, 9.9). A sum that no interval holds is {@code
 * DATETIME_FIELD_OVERFLOW}.
 */
public final class Intervals {
  private static final int DAYS_PER_MONTH = 30;

  private Intervals() {}

  public static Interval plus(Interval left, Interval right) {
    try {
      return new Interval(
          Math.addExact(left.months(), right.months()),
          Math.addExact(left.days(), right.days()),
          Math.addExact(left.micros(), right.micros()));
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalRange();
    }
  }

  public static Interval minus(Interval left, Interval right) {
    try {
      return new Interval(
          Math.subtractExact(left.months(), right.months()),
          Math.subtractExact(left.days(), right.days()),
          Math.subtractExact(left.micros(), right.micros()));
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalRange();
    }
  }

  public static Interval negate(Interval interval) {
    return minus(Interval.ZERO, interval);
  }

  /** {@code interval * factor}: fractions of months go to days, of days to the clock. */
  public static Interval times(Interval interval, double factor) {
    double months = interval.months() * factor;
    double days = interval.days() * factor;
    return scaled(months, days, interval.micros() * factor);
  }

  /**
   * {@code interval / divisor}.
   *
   * @throws DistDbException {@code DIVISION_BY_ZERO}
   */
  public static Interval divide(Interval interval, double divisor) {
    if (divisor == 0) {
      throw new DistDbException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }
    return scaled(
        interval.months() / divisor, interval.days() / divisor, interval.micros() / divisor);
  }

  private static Interval scaled(double months, double days, double micros) {
    int wholeMonths = toInt(months);
    int wholeDays = toInt(days);
    double monthDays = toMicros((months - wholeMonths) * DAYS_PER_MONTH);
    int moreDays = (int) monthDays;
    double seconds = toMicros((days - wholeDays + monthDays - moreDays) * 86_400);
    if (Math.abs(seconds) >= 86_400) {
      int carried = (int) (seconds / 86_400);
      moreDays += carried;
      seconds -= carried * 86_400.0;
    }
    double clock = Math.rint(micros + seconds * Times.SECOND);
    if (!(Math.abs(clock) < 0x1p63)) {
      throw DateTimeErrors.intervalRange();
    }
    try {
      return new Interval(wholeMonths, Math.addExact(wholeDays, moreDays), (long) clock);
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalRange();
    }
  }

  private static int toInt(double number) {
    if (!(number > -0x1p31 - 1 && number < 0x1p31)) {
      throw DateTimeErrors.intervalRange();
    }
    return (int) number;
  }

  /** Rounded to the sixth digit, which takes away what binary fractions add. */
  private static double toMicros(double number) {
    return Math.rint(number * Times.SECOND) / Times.SECOND;
  }

  /** {@code later - earlier} of TIMESTAMPs or TIMESTAMPTZs: days of 24 hours and the clock. */
  public static Interval between(long earlier, long later) {
    return justifyHours(new Interval(0, 0, Timestamps.difference(later, earlier)));
  }

  /** {@code justify_hours}: 24 hours make a day; the parts get one sign. */
  public static Interval justifyHours(Interval interval) {
    long days = interval.days() + interval.micros() / Times.DAY;
    long micros = interval.micros() % Times.DAY;
    if (days > 0 && micros < 0) {
      micros += Times.DAY;
      days--;
    } else if (days < 0 && micros > 0) {
      micros -= Times.DAY;
      days++;
    }
    return new Interval(interval.months(), exact(days), micros);
  }

  /** {@code justify_days}: 30 days make a month. */
  public static Interval justifyDays(Interval interval) {
    long months = (long) interval.months() + interval.days() / DAYS_PER_MONTH;
    int days = interval.days() % DAYS_PER_MONTH;
    if (months > 0 && days < 0) {
      days += DAYS_PER_MONTH;
      months--;
    } else if (months < 0 && days > 0) {
      days -= DAYS_PER_MONTH;
      months++;
    }
    return new Interval(exact(months), days, interval.micros());
  }

  /** {@code justify_interval}: both, and all parts get the sign of the whole. */
  public static Interval justify(Interval interval) {
    long days = interval.days() + interval.micros() / Times.DAY;
    long micros = interval.micros() % Times.DAY;
    long months = interval.months() + days / DAYS_PER_MONTH;
    days %= DAYS_PER_MONTH;
    if (months > 0 && (days < 0 || days == 0 && micros < 0)) {
      days += DAYS_PER_MONTH;
      months--;
    } else if (months < 0 && (days > 0 || days == 0 && micros > 0)) {
      days -= DAYS_PER_MONTH;
      months++;
    }
    if (days > 0 && micros < 0) {
      micros += Times.DAY;
      days--;
    } else if (days < 0 && micros > 0) {
      micros -= Times.DAY;
      days++;
    }
    return new Interval(exact(months), exact(days), micros);
  }

  private static int exact(long number) {
    if (number != (int) number) {
      throw DateTimeErrors.intervalRange();
    }
    return (int) number;
  }

  /** {@code make_interval}; {@code seconds} is rounded to a microsecond. */
  public static Interval of(
      int years, int months, int weeks, int days, int hours, int minutes, double seconds) {
    try {
      double micros = Math.rint(seconds * Times.SECOND);
      if (!(Math.abs(micros) < 0x1p63)) {
        throw DateTimeErrors.intervalRange();
      }
      return new Interval(
          Math.addExact(Math.multiplyExact(years, 12), months),
          Math.addExact(Math.multiplyExact(weeks, 7), days),
          Math.addExact(hours * Times.HOUR + minutes * Times.MINUTE, (long) micros));
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalRange();
    }
  }

  /**
   * {@code age(later, earlier)} of TIMESTAMPs: years, months and days of the calendar. The days
   * left over are counted in the month of the earlier one.
   */
  public static Interval age(long later, long earlier) {
    Timestamps.difference(0, later);
    Timestamps.difference(0, earlier);
    return later >= earlier ? calendarAge(later, earlier) : negate(calendarAge(earlier, later));
  }

  private static Interval calendarAge(long later, long earlier) {
    LocalDate to = LocalDate.ofEpochDay(Timestamps.toDate(later));
    LocalDate from = LocalDate.ofEpochDay(Timestamps.toDate(earlier));
    long micros = Timestamps.toTime(later) - Timestamps.toTime(earlier);
    int days = to.getDayOfMonth() - from.getDayOfMonth();
    int months = (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
    if (micros < 0) {
      micros += Times.DAY;
      days--;
    }
    while (days < 0) {
      days += from.lengthOfMonth();
      months--;
    }
    return new Interval(months, days, micros);
  }

  /** Rounded to {@code digits} digits of a second, 0 to 6. */
  public static Interval round(Interval interval, int digits) {
    return new Interval(interval.months(), interval.days(), Times.round(interval.micros(), digits));
  }
}
