// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.format.TemplateFields.Field;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;

/**
 * {@code to_date} and {@code to_timestamp}. What the template leaves out is the first of its kind:
 * the year 1 BC, January, the first, midnight.
 */
public final class DateTimeReader {
  private final String input;
  private final TemplateFields fields;

  private DateTimeReader(String input, String template) {
    this.input = input;
    fields = TemplateReader.read(DateTimePattern.of(template), input);
  }

  /**
   * @throws DistDbException {@code INVALID_DATETIME_FORMAT} or {@code DATETIME_FIELD_OVERFLOW}
   */
  public static int date(String input, String template) {
    DateTimeReader reader = new DateTimeReader(input, template);
    reader.time();
    long day = reader.day();
    if (day < Dates.MIN || day > Dates.MAX) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + input + "\"");
    }
    return (int) day;
  }

  /** Microseconds since 1970 UTC; in {@code zone} unless the template reads an offset. */
  public static long timestamptz(String input, String template, ZoneId zone) {
    DateTimeReader reader = new DateTimeReader(input, template);
    long time = reader.time();
    long local = Timestamps.of(Math.toIntExact(reader.day()), time);
    return Timestamps.round(
        Timestamps.toUtc(local, reader.zone(zone)), reader.fields.fractionDigits);
  }

  private ZoneId zone(ZoneId session) {
    if (!fields.has(Field.ZONE_HOUR) && !fields.has(Field.ZONE_MINUTE)) {
      return session;
    }
    int hours = fields.get(Field.ZONE_HOUR, 0);
    int minutes = fields.get(Field.ZONE_MINUTE, 0);
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
      throw new DistDbException(
          ErrorCode.DATETIME_FIELD_OVERFLOW,
          "date/time field value out of range: \"" + input + "\"");
    }
    return ZoneOffset.ofTotalSeconds(fields.zoneSign * (hours * 3_600 + minutes * 60));
  }

  private long time() {
    long hour = fields.get(Field.HOUR, 0);
    long minute = fields.get(Field.MINUTE, 0);
    long second = fields.get(Field.SECOND, 0);
    if (fields.has(Field.SECOND_OF_DAY)) {
      int all = fields.get(Field.SECOND_OF_DAY, 0);
      hour = all / 3_600;
      minute = all / 60 % 60;
      second = all % 60;
    }
    if (fields.twelveHours && fields.has(Field.HOUR)) {
      hour = ofTwelveHours(hour);
    }
    long micros =
        fields.get(Field.MILLISECOND, 0) * Times.MILLISECOND + fields.get(Field.MICROSECOND, 0);
    boolean fits =
        hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && micros >= 0
            && micros < Times.SECOND;
    if (!fits) {
      throw outOfRange();
    }
    return hour * Times.HOUR + minute * Times.MINUTE + second * Times.SECOND + micros;
  }

  private long ofTwelveHours(long hour) {
    if (hour < 1 || hour > 12) {
      throw new DistDbException(
              ErrorCode.INVALID_DATETIME_FORMAT,
              "hour \"" + hour + "\" is invalid for the 12-hour clock")
          .withHint("Use the 24-hour clock, or give an hour between 1 and 12.");
    }
    boolean afternoon = fields.get(Field.AFTERNOON, 0) == 1;
    return hour % 12 + (afternoon ? 12 : 0);
  }

  private long day() {
    if (fields.has(Field.JULIAN)) {
      return fields.get(Field.JULIAN, 0) - 2_440_588L;
    }
    try {
      if (fields.has(Field.ISO_WEEK)) {
        return isoDay();
      }
      if (fields.has(Field.ISO_DAY_OF_YEAR)) {
        return isoStart(isoYear()).plusDays(fields.get(Field.ISO_DAY_OF_YEAR, 1) - 1).toEpochDay();
      }
      return gregorianDay();
    } catch (DateTimeException e) {
      throw outOfRange();
    }
  }

  private int isoYear() {
    return fields.get(Field.ISO_YEAR, 0);
  }

  private static LocalDate isoStart(int year) {
    return LocalDate.of(year, 1, 4)
        .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
        .with(java.time.DayOfWeek.MONDAY);
  }

  private long isoDay() {
    int week = fields.get(Field.ISO_WEEK, 1);
    int day = fields.get(Field.ISO_DAY_OF_WEEK, 1);
    return isoStart(isoYear()).plusDays((week - 1) * 7L + day - 1).toEpochDay();
  }

  private long gregorianDay() {
    int year = year();
    int dayOfYear =
        fields.has(Field.WEEK)
            ? (fields.get(Field.WEEK, 1) - 1) * 7 + 1
            : fields.get(Field.DAY_OF_YEAR, 0);
    if (dayOfYear != 0 && !fields.has(Field.MONTH) && !fields.has(Field.DAY)) {
      if (!fields.has(Field.YEAR) && !fields.has(Field.CENTURY)) {
        throw new DistDbException(
            ErrorCode.INVALID_DATETIME_FORMAT,
            "cannot calculate day of year without year information");
      }
      if (dayOfYear < 1 || dayOfYear > 366) {
        throw outOfRange();
      }
      return LocalDate.of(year, 1, 1).plusDays(dayOfYear - 1L).toEpochDay();
    }
    int day =
        fields.has(Field.WEEK_OF_MONTH)
            ? (fields.get(Field.WEEK_OF_MONTH, 1) - 1) * 7 + 1
            : fields.get(Field.DAY, 1);
    return LocalDate.of(year, fields.get(Field.MONTH, 1), day).toEpochDay();
  }

  /** Proleptic: 0 is 1 BC, which is also what stands for no year. */
  private int year() {
    boolean beforeChrist = fields.get(Field.BEFORE_CHRIST, 0) == 1;
    int year = fields.get(Field.YEAR, 0);
    int century = fields.get(Field.CENTURY, 0) * (beforeChrist ? -1 : 1);
    if (year != 0 && century != 0 && fields.yearDigits <= 2) {
      int ofCentury = year % 100;
      if (ofCentury == 0) {
        return century * 100 + (century < 0 ? 1 : 0);
      }
      return century > 0 ? (century - 1) * 100 + ofCentury : (century + 1) * 100 - ofCentury + 1;
    }
    if (year != 0) {
      int signed = beforeChrist ? -year : year;
      return signed < 0 ? signed + 1 : signed;
    }
    if (century != 0) {
      return century > 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
    }
    return 0;
  }

  private DistDbException outOfRange() {
    return new DistDbException(
        ErrorCode.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + input + "\"");
  }
}
