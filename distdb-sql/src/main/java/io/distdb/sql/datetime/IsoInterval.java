// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.type.Interval;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ISO 8601 durations: {@code P1Y2M3DT4H5M6S}, {@code P1W}, {@code P0001-02-03T04:05:06}. */
final class IsoInterval {
  private static final String NUMBER = "([+-]?\\d{1,18}(?:\\.\\d{0,18})?|[+-]?\\.\\d{1,18})";

  private static final Pattern DESIGNATORS =
      Pattern.compile("(?:" + NUMBER + "([YMWD]))*(?:T(?:" + NUMBER + "([HMS]))*)?");

  private static final Pattern PART = Pattern.compile(NUMBER + "([YMWDHS])");

  private static final Pattern ALTERNATIVE =
      Pattern.compile(
          "(-?\\d{1,9})(?:-(\\d{1,2}))?(?:-(\\d{1,2}))?"
              + "(?:T(-?\\d{1,9})(?::(\\d{1,2}))?(?::(\\d{1,2}(?:\\.\\d{1,9})?))?)?");

  private IsoInterval() {}

  /**
   * @param stripped begins with P
   * @param text as the error shows it
   */
  static Interval read(String stripped, String text) {
    String body = stripped.substring(1);
    if (body.isEmpty()) {
      throw DateTimeErrors.syntax("interval", text);
    }
    if (DESIGNATORS.matcher(body).matches()) {
      return designators(body);
    }
    Matcher alternative = ALTERNATIVE.matcher(body);
    if (!alternative.matches()) {
      throw DateTimeErrors.syntax("interval", text);
    }
    IntervalSum sum = new IntervalSum();
    IntervalUnit[] units = {
      IntervalUnit.YEAR,
      IntervalUnit.MONTH,
      IntervalUnit.DAY,
      IntervalUnit.HOUR,
      IntervalUnit.MINUTE,
      IntervalUnit.SECOND
    };
    for (int i = 0; i < units.length; i++) {
      if (alternative.group(i + 1) != null) {
        sum.add(new BigDecimal(alternative.group(i + 1)), units[i]);
      }
    }
    return sum.result(false);
  }

  private static Interval designators(String body) {
    IntervalSum sum = new IntervalSum();
    int clock = body.indexOf('T') < 0 ? body.length() : body.indexOf('T');
    Matcher parts = PART.matcher(body);
    while (parts.find()) {
      boolean inClock = parts.start() > clock;
      IntervalUnit unit =
          switch (parts.group(2).charAt(0)) {
            case 'Y' -> IntervalUnit.YEAR;
            case 'M' -> inClock ? IntervalUnit.MINUTE : IntervalUnit.MONTH;
            case 'W' -> IntervalUnit.WEEK;
            case 'D' -> IntervalUnit.DAY;
            case 'H' -> IntervalUnit.HOUR;
            default -> IntervalUnit.SECOND;
          };
      sum.add(new BigDecimal(parts.group(1)), unit);
    }
    return sum.result(false);
  }
}
