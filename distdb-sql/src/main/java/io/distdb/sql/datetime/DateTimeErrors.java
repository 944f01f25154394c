// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** What is wrong with a text that should be a date or time; PostgreSQL's words. */
final class DateTimeErrors {
  private DateTimeErrors() {}

  static DistDbException syntax(String type, String text) {
    return new DistDbException(
        ErrorCode.INVALID_DATETIME_FORMAT,
        "invalid input syntax for type " + type + ": \"" + text + "\"");
  }

  static DistDbException field(String text) {
    return new DistDbException(
        ErrorCode.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
  }

  /** Month and day may have been meant the other way round. */
  static DistDbException monthOrDay(String text) {
    return field(text).withHint("Perhaps you need a different \"datestyle\" setting.");
  }

  static DistDbException intervalField(String text) {
    return new DistDbException(
        ErrorCode.INTERVAL_FIELD_OVERFLOW, "interval field value out of range: \"" + text + "\"");
  }

  static DistDbException displacement(String text) {
    return new DistDbException(
        ErrorCode.INVALID_TIME_ZONE_DISPLACEMENT,
        "time zone displacement out of range: \"" + text + "\"");
  }

  static DistDbException zone(String name) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
  }

  static DistDbException range(String type, String text) {
    return new DistDbException(
        ErrorCode.DATETIME_FIELD_OVERFLOW, type + " out of range: \"" + text + "\"");
  }

  static DistDbException intervalRange() {
    return new DistDbException(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range");
  }
}
