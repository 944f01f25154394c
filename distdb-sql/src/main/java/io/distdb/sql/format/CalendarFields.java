// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.type.Interval;
import io.distdb.sql.datetime.TimeZones;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;

/**
 * What a template can show of a value.
 *
 * @param day null for an interval
 * @param year 0 is 1 BC; of an interval its years
 * @param month from 1; of an interval its months
 * @param dayOfMonth of an interval its days
 * @param micros since midnight; of an interval all of its clock, which may be negative
 * @param offsetSeconds east of Greenwich
 * @param zone its abbreviation, or an empty string
 */
record CalendarFields(
    LocalDate day,
    int year,
    int month,
    int dayOfMonth,
    long micros,
    int offsetSeconds,
    String zone) {

  static CalendarFields ofTimestamp(long timestamp) {
    return of(timestamp, 0, "");
  }

  static CalendarFields ofTimestamptz(long utc, ZoneId zone) {
    int offset = Timestamps.offsetSeconds(utc, zone);
    return of(utc + offset * Times.SECOND, offset, TimeZones.abbreviation(utc, zone));
  }

  private static CalendarFields of(long local, int offset, String zone) {
    LocalDate day = LocalDate.ofEpochDay(Timestamps.toDate(local));
    return new CalendarFields(
        day,
        day.getYear(),
        day.getMonthValue(),
        day.getDayOfMonth(),
        Timestamps.toTime(local),
        offset,
        zone);
  }

  static CalendarFields ofInterval(Interval interval) {
    return new CalendarFields(
        null,
        interval.months() / 12,
        interval.months() % 12,
        interval.days(),
        interval.micros(),
        0,
        "");
  }

  boolean isInterval() {
    return day == null;
  }

  /** The year as it is called: 1 BC is 1. */
  int namedYear() {
    return isInterval() || year > 0 ? year : 1 - year;
  }

  int isoYear() {
    int isoYear = day.get(IsoFields.WEEK_BASED_YEAR);
    return isoYear > 0 ? isoYear : 1 - isoYear;
  }

  long hours() {
    return micros / Times.HOUR;
  }

  long seconds() {
    return micros / Times.SECOND;
  }

  /** Of the second. */
  long fraction() {
    return micros % Times.SECOND;
  }

  long julianDay() {
    return day.getLong(JulianFields.JULIAN_DAY);
  }

  /** Of an interval all of its days, 30 to a month. */
  int dayOfYear() {
    return isInterval() ? (year * 12 + month) * 30 + dayOfMonth : day.getDayOfYear();
  }

  int isoWeek() {
    return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  /** From the Monday of the year's first week, counting from 1. */
  int isoDayOfYear() {
    return (isoWeek() - 1) * 7 + day.getDayOfWeek().getValue();
  }

  /** 0 is Sunday. */
  int dayOfWeek() {
    return day.getDayOfWeek().getValue() % 7;
  }
}
