// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.Locale;

/**
 * Text to value, as PostgreSQL's type input functions read it: string literals of settled type,
 * text parameters, casts from text, CSV fields.
 */
public final class TypeInput {
  private TypeInput() {}

  /**
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION} or {@code
   *     NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public static Value read(String text, SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case TEXT -> Value.of(text);
            case BOOLEAN -> Value.of(readBoolean(text));
            case INTEGER -> Value.of(readInteger(text));
            case BIGINT -> Value.of(readBigint(text));
            case DOUBLE_PRECISION -> Value.of(readDouble(text));
          };
    };
  }

  public static int readInteger(String text) {
    long value = readWhole(text, SqlType.INTEGER);
    if (value != (int) value) {
      throw outOfRange(text, SqlType.INTEGER);
    }
    return (int) value;
  }

  public static long readBigint(String text) {
    return readWhole(text, SqlType.BIGINT);
  }

  private static long readWhole(String text, SqlType type) {
    String digits = strip(text);
    int at = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    if (at == digits.length()) {
      throw invalid(text, type);
    }
    boolean negative = digits.startsWith("-");
    long negated = 0;
    boolean overflow = false;
    for (; at < digits.length(); at++) {
      int digit = digits.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        throw invalid(text, type);
      }
      overflow |= negated < Long.MIN_VALUE / 10 || negated * 10 < Long.MIN_VALUE + digit;
      negated = negated * 10 - digit;
    }
    if (overflow || (!negative && negated == Long.MIN_VALUE)) {
      throw outOfRange(text, type);
    }
    return negative ? negated : -negated;
  }

  public static double readDouble(String text) {
    String stripped = strip(text);
    if (!stripped.isEmpty()) {
      switch (stripped.toLowerCase(Locale.ROOT)) {
        case "nan" -> {
          return Double.NaN;
        }
        case "infinity", "inf", "+infinity", "+inf" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-infinity", "-inf" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {
          if (isDecimal(stripped)) {
            return inRange(Double.parseDouble(stripped), stripped, text);
          }
        }
      }
    }
    throw invalid(text, SqlType.DOUBLE_PRECISION);
  }

  /** Neither overflow to infinity nor underflow to zero passes silently. */
  private static double inRange(double value, String digits, String text) {
    if (Double.isInfinite(value) || (value == 0 && hasNonZeroMantissa(digits))) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + text + "\" is out of range for type double precision");
    }
    return value;
  }

  private static boolean hasNonZeroMantissa(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c == 'e' || c == 'E') {
        return false;
      }
      if (c >= '1' && c <= '9') {
        return true;
      }
    }
    return false;
  }

  /** Sign, digits with a point somewhere, exponent: what Java parses, without its extras. */
  private static boolean isDecimal(String text) {
    int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int whole = digits(text, at);
    int end = at + whole;
    int fraction = 0;
    if (end < text.length() && text.charAt(end) == '.') {
      fraction = digits(text, end + 1);
      end += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int sign =
          end + 1 < text.length() && (text.charAt(end + 1) == '-' || text.charAt(end + 1) == '+')
              ? 1
              : 0;
      int exponent = digits(text, end + 1 + sign);
      if (exponent == 0) {
        return false;
      }
      end += 1 + sign + exponent;
    }
    return end == text.length();
  }

  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - start;
  }

  /** Unambiguous prefixes of true, false, yes, no, on, off; 1 and 0; in any case. */
  public static boolean readBoolean(String text) {
    String word = strip(text).toLowerCase(Locale.ROOT);
    if (!word.isEmpty()) {
      if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on")) {
        return true;
      }
      boolean off = word.equals("of") || word.equals("off");
      if ("false".startsWith(word) || "no".startsWith(word) || off) {
        return false;
      }
      if (word.equals("1") || word.equals("0")) {
        return word.equals("1");
      }
    }
    throw invalid(text, SqlType.BOOLEAN);
  }

  /** C's isspace, which is what PostgreSQL trims; Java's trim() would take control characters. */
  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static DistDbException invalid(String text, SqlType type) {
    return new DistDbException(
        ErrorCode.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type " + type.sqlName() + ": \"" + text + "\"");
  }

  private static DistDbException outOfRange(String text, SqlType type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        "value \"" + text + "\" is out of range for type " + type.sqlName());
  }
}
