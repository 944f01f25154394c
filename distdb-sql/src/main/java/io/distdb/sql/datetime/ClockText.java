// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/** Times of day as text. */
final class ClockText {
  private ClockText() {}

  /** {@code h:m}, {@code h:m:s}, {@code h:m:s.f}; {@code m:s.f} too. Microseconds, rounded. */
  static long parse(String token, String type, String text) {
    String[] parts = token.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw DateTimeErrors.syntax(type, text);
    }
    boolean minutesFirst = parts.length == 2 && parts[1].indexOf('.') >= 0;
    String hours = minutesFirst ? "0" : parts[0];
    String minutes = minutesFirst ? parts[0] : parts[1];
    String seconds = minutesFirst ? parts[1] : parts.length == 3 ? parts[2] : "0";
    return checked(
        whole(hours, type, text), whole(minutes, type, text), micros(seconds, type, text), text);
  }

  /** {@code hhmmss[.f]}, {@code hhmm}, {@code hh}. */
  static long parseRunTogether(String token, String type, String text) {
    int point = token.indexOf('.');
    int digits = point < 0 ? token.length() : point;
    if (digits != 6 && (point >= 0 || digits != 4 && digits != 2)) {
      throw DateTimeErrors.syntax(type, text);
    }
    long minutes = digits > 2 ? whole(token.substring(2, 4), type, text) : 0;
    long micros = digits > 4 ? micros(token.substring(4), type, text) : 0;
    return checked(whole(token.substring(0, 2), type, text), minutes, micros, text);
  }

  private static long checked(long hours, long minutes, long micros, String text) {
    boolean fits = minutes < 60 && micros <= Times.MINUTE && hours <= 24 && hours >= 0;
    long time = hours * Times.HOUR + minutes * Times.MINUTE + micros;
    if (!fits || time > Times.DAY) {
      throw DateTimeErrors.field(text);
    }
    return time;
  }

  private static long whole(String digits, String type, String text) {
    if (digits.isEmpty() || digits.indexOf('.') >= 0) {
      throw DateTimeErrors.syntax(type, text);
    }
    if (digits.length() > 9) {
      throw DateTimeErrors.field(text);
    }
    return Integer.parseInt(digits);
  }

  /** Seconds and their fraction. */
  static long micros(String seconds, String type, String text) {
    int point = seconds.indexOf('.');
    if (point < 0) {
      return whole(seconds, type, text) * Times.SECOND;
    }
    if (seconds.indexOf('.', point + 1) >= 0) {
      throw DateTimeErrors.syntax(type, text);
    }
    return whole(seconds.substring(0, point), type, text) * Times.SECOND
        + fraction(seconds.substring(point + 1));
  }

  /** Digits after the point as microseconds; half of the last digit rounds to even. */
  static long fraction(String digits) {
    if (digits.length() <= 6) {
      return digits.isEmpty()
          ? 0
          : Long.parseLong(digits) * Math.round(Math.pow(10, 6 - digits.length()));
    }
    return (long) Math.rint(Double.parseDouble("0." + digits) * Times.SECOND);
  }
}
