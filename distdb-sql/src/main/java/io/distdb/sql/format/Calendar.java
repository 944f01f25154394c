// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import java.util.List;

/** Names as templates write and read them. */
final class Calendar {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /** From Sunday. */
  static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  static final List<String> ROMAN_MONTHS =
      List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

  private Calendar() {}

  /** {@code st}, {@code nd}, {@code rd} or {@code th} for the number that {@code digits} ends. */
  static String ordinal(String digits, boolean upper) {
    char last = digits.charAt(digits.length() - 1);
    boolean teen = digits.length() > 1 && digits.charAt(digits.length() - 2) == '1';
    String suffix =
        teen
            ? "th"
            : switch (last) {
              case '1' -> "st";
              case '2' -> "nd";
              case '3' -> "rd";
              default -> "th";
            };
    return upper ? suffix.toUpperCase(java.util.Locale.ROOT) : suffix;
  }
}
