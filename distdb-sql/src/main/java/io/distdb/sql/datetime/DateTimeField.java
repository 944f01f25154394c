// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code extract} and {@code date_trunc} can be asked for. */
public enum DateTimeField {
  MICROSECONDS("us usec usecs usecond useconds microsecond microseconds"),
  MILLISECONDS("ms msec msecs msecond mseconds millisecond milliseconds"),
  SECOND("s sec secs second seconds"),
  MINUTE("m min mins minute minutes"),
  HOUR("h hr hrs hour hours"),
  DAY("d day days"),
  WEEK("w week weeks"),
  MONTH("mon mons month months"),
  QUARTER("qtr quarter"),
  YEAR("y yr yrs year years"),
  DECADE("dec decs decade decades"),
  CENTURY("c cent century centuries"),
  MILLENNIUM("mil mils millennium millennia"),
  DOW("dow"),
  DOY("doy"),
  ISODOW("isodow"),
  ISOYEAR("isoyear"),
  EPOCH("epoch"),
  JULIAN("j jd julian"),
  TIMEZONE("timezone"),
  TIMEZONE_HOUR("timezone_h timezone_hour"),
  TIMEZONE_MINUTE("timezone_m timezone_minute");

  private static final Map<String, DateTimeField> BY_NAME = new HashMap<>();

  private final String names;

  DateTimeField(String names) {
    this.names = names;
  }

  static {
    for (DateTimeField field : values()) {
      for (String name : field.names.split(" ")) {
        BY_NAME.put(name, field);
      }
    }
  }

  /**
   * The field of that name in any case.
   *
   * @param type of the value, for the message
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: there is none
   */
  public static DateTimeField of(String name, String type) {
    DateTimeField field = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (field == null) {
      throw unknown(name, type);
    }
    return field;
  }

  static DistDbException unknown(String name, String type) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "unit \"" + name.toLowerCase(Locale.ROOT) + "\" not recognized for type " + type);
  }

  static DistDbException unsupported(String name, String type) {
    return new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED,
        "unit \"" + name.toLowerCase(Locale.ROOT) + "\" not supported for type " + type);
  }
}
