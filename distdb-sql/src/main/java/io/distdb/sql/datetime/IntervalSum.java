// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Adds up an interval's parts. What is behind the point of a unit goes to smaller ones: of years to
 * months, of months (30 days) and weeks to days, of days to hours. Overflow is an {@link
 * ArithmeticException}.
 */
final class IntervalSum {
  /** Years that an int holds, in months; more of them are no field at all. */
  private static final BigDecimal YEARS_AS_MONTHS_MAX = BigDecimal.valueOf(12L << 31);

  private int months;
  private int days;
  private long micros;

  /** Adds {@code number} units. */
  void add(BigDecimal number, IntervalUnit unit) {
    switch (unit) {
      case MICROSECOND -> addMicros(number, 1);
      case MILLISECOND -> addMicros(number, Times.MILLISECOND);
      case SECOND -> addMicros(number, Times.SECOND);
      case MINUTE -> addMicros(number, Times.MINUTE);
      case HOUR -> addMicros(number, Times.HOUR);
      case DAY -> addDays(number, 1);
      case WEEK -> addDays(number, 7);
      case MONTH -> {
        BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
        months = Math.addExact(months, whole.intValueExact());
        addDays(number.subtract(whole), 30);
      }
      case YEAR -> addYears(number, 1);
      case DECADE -> addYears(number, 10);
      case CENTURY -> addYears(number, 100);
      case MILLENNIUM -> addYears(number, 1_000);
    }
  }

  private void addYears(BigDecimal number, int years) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(12L * years));
    if (all.abs().compareTo(YEARS_AS_MONTHS_MAX) > 0) {
      throw new ArithmeticException("years");
    }
    long sum = months + all.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    if (sum != (int) sum) {
      throw DateTimeErrors.intervalRange();
    }
    months = (int) sum;
  }

  private void addDays(BigDecimal number, int size) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(size));
    BigDecimal whole = all.setScale(0, RoundingMode.DOWN);
    days = Math.addExact(days, whole.intValueExact());
    addMicros(all.subtract(whole), Times.DAY);
  }

  private void addMicros(BigDecimal number, long size) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(size));
    addMicros(all.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  void addMicros(long more) {
    micros = Math.addExact(micros, more);
  }

  Interval result(boolean negated) {
    return negated
        ? new Interval(Math.negateExact(months), Math.negateExact(days), Math.negateExact(micros))
        : new Interval(months, days, micros);
  }
}
