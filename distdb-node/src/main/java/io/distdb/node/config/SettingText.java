// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as people write them. What is not accepted is an {@code IllegalArgumentException}. */
final class SettingText {
  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L);

  private SettingText() {}

  /** Bytes. */
  static long size(String text) {
    return quantity(text, SIZES);
  }

  /** Milliseconds. */
  static long duration(String text) {
    return text.equals("0") ? 0 : quantity(text, MILLIS);
  }

  private static long quantity(String text, Map<String, Long> units) {
    Matcher matcher = QUANTITY.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(text);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException(text, tooMuch);
    }
  }

  /** A whole number without a sign. */
  static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(text);
    }
    return Integer.parseInt(text);
  }

  /** A constant by its name in lower case, words joined by underscores. */
  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    if (!text.equals(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(text);
    }
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }
}
