// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;

/** What {@code INTERVAL YEAR TO MONTH} and the like keep (documentation, 8.5.4). */
public enum IntervalFields {
  ALL(IntervalUnit.SECOND, 1),
  YEAR(IntervalUnit.YEAR, 0),
  MONTH(IntervalUnit.MONTH, 0),
  DAY(IntervalUnit.DAY, 0),
  HOUR(IntervalUnit.HOUR, Times.HOUR),
  MINUTE(IntervalUnit.MINUTE, Times.MINUTE),
  SECOND(IntervalUnit.SECOND, 1),
  YEAR_TO_MONTH(IntervalUnit.MONTH, 0),
  DAY_TO_HOUR(IntervalUnit.HOUR, Times.HOUR),
  DAY_TO_MINUTE(IntervalUnit.MINUTE, Times.MINUTE),
  DAY_TO_SECOND(IntervalUnit.SECOND, 1),
  HOUR_TO_MINUTE(IntervalUnit.MINUTE, Times.MINUTE),
  HOUR_TO_SECOND(IntervalUnit.SECOND, 1),
  MINUTE_TO_SECOND(IntervalUnit.SECOND, 1);

  private final IntervalUnit last;
  private final long step;

  IntervalFields(IntervalUnit last, long step) {
    this.last = last;
    this.step = step;
  }

  /** What a number without a unit counts. */
  IntervalUnit last() {
    return last;
  }

  /** Without the fields below the last one; those above it stay. */
  public Interval restrict(Interval interval) {
    return switch (last) {
      case YEAR -> new Interval(interval.months() / 12 * 12, 0, 0);
      case MONTH -> new Interval(interval.months(), 0, 0);
      case DAY -> new Interval(interval.months(), interval.days(), 0);
      case HOUR, MINUTE ->
          new Interval(interval.months(), interval.days(), interval.micros() / step * step);
      case SECOND -> interval;
      case MICROSECOND, MILLISECOND, WEEK, DECADE, CENTURY, MILLENNIUM ->
          throw new IllegalStateException("no field of a type: " + last);
    };
  }
}
