// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;

/** What a template has read so far. A field that is read twice must say the same. */
final class TemplateFields {
  enum Field {
    YEAR,
    ISO_YEAR,
    CENTURY,
    MONTH,
    DAY,
    DAY_OF_YEAR,
    ISO_DAY_OF_YEAR,
    DAY_OF_WEEK,
    ISO_DAY_OF_WEEK,
    WEEK,
    ISO_WEEK,
    WEEK_OF_MONTH,
    JULIAN,
    HOUR,
    MINUTE,
    SECOND,
    SECOND_OF_DAY,
    MILLISECOND,
    MICROSECOND,
    AFTERNOON,
    BEFORE_CHRIST,
    ZONE_HOUR,
    ZONE_MINUTE
  }

  private final Map<Field, Integer> values = new EnumMap<>(Field.class);

  /** Digits in which the year was given. */
  int yearDigits;

  /** Digits of a second that count. */
  int fractionDigits = 6;

  /** The hour is of the 12-hour clock. */
  boolean twelveHours;

  /** -1 or 1. */
  int zoneSign = 1;

  void set(Field field, int value, String key) {
    Integer before = values.put(field, value);
    if (before != null && before != value) {
      throw new DistDbException(
              ErrorCode.INVALID_DATETIME_FORMAT,
              "conflicting values for \"" + key + "\" field in formatting string")
          .withDetail("This value contradicts a previous setting for the same field type.");
    }
  }

  boolean has(Field field) {
    return values.containsKey(field);
  }

  /** The value, or {@code otherwise} when the field was not read. */
  int get(Field field, int otherwise) {
    return values.getOrDefault(field, otherwise);
  }

  boolean isIso() {
    return has(Field.ISO_YEAR)
        || has(Field.ISO_DAY_OF_YEAR)
        || has(Field.ISO_DAY_OF_WEEK)
        || has(Field.ISO_WEEK);
  }

  /** Whether a field of the other calendar was read. */
  boolean isGregorian() {
    return has(Field.YEAR)
        || has(Field.MONTH)
        || has(Field.DAY)
        || has(Field.DAY_OF_YEAR)
        || has(Field.WEEK)
        || has(Field.WEEK_OF_MONTH)
        || has(Field.DAY_OF_WEEK);
  }
}
