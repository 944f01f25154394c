// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.DateTimeContext;
import io.distdb.sql.datetime.DateTimeInput;
import io.distdb.sql.text.UuidText;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Text to value, as PostgreSQL's type input functions read it: string literals of settled type,
 * text parameters, casts from text, CSV fields.
 */
public final class TypeInput {
  private TypeInput() {}

  /** As {@link #read(String, SqlType, Environment)}, where nothing asks for zone or present. */
  public static Value read(String text, SqlType type) {
    return read(text, type, Environment.NONE);
  }

  /**
   * The value of {@code type} that {@code text} writes; lengths of a modified type are enforced as
   * in an assignment.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}, {@code INVALID_DATETIME_FORMAT},
   *     {@code NUMERIC_VALUE_OUT_OF_RANGE}, {@code DATETIME_FIELD_OVERFLOW}, {@code
   *     STRING_TOO_LONG}
   */
  public static Value read(String text, SqlType type, Environment environment) {
    return switch (type) {
      case SqlType.Scalar scalar -> read(text, scalar, environment);
      case SqlType.Modified modified ->
          Lengths.apply(read(text, modified.base(), environment), modified, false);
      case RowType row ->
          throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "input of anonymous composite types is not implemented");
      case SqlType.Array array when array.vector() -> CatalogInput.vector(text, array.element());
      case SqlType.Array array ->
          Lengths.apply(
              new Value.ArrayValue(
                  ArrayInput.read(text, array.element().unmodified(), environment)),
              array,
              false);
    };
  }

  private static Value read(String text, SqlType.Scalar type, Environment environment) {
    return switch (type) {
      case TEXT, VARCHAR, CHAR -> Value.of(text);
      case BOOLEAN -> Value.of(readBoolean(text));
      case SMALLINT -> new Value.SmallintValue(readSmallint(text));
      case INTEGER -> Value.of(readInteger(text));
      case BIGINT -> Value.of(readBigint(text));
      case REAL -> new Value.RealValue(readReal(text));
      case DOUBLE_PRECISION -> Value.of(readDouble(text));
      case NUMERIC -> Value.of(NumericInput.read(text));
      case BYTEA -> new Value.ByteaValue(ByteaInput.bytea(text));
      case UUID -> new Value.UuidValue(UuidText.parse(text));
      case NAME -> Value.of(CatalogInput.name(text));
      case INTERNAL_CHAR -> Value.of(CatalogInput.internalChar(text));
      case OID, XID -> new Value.OidValue(type, CatalogInput.oid(text, type));
      case ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "values of type " + type.sqlName() + " cannot be written as text yet");
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          new Value.ReferenceValue(environment.names().read(type, text));
      case REGNAMESPACE, REGROLE, REGCOLLATION ->
          new Value.ReferenceValue(environment.names().read(type, text));
      case INTERVAL -> new Value.IntervalValue(DateTimeInput.interval(text));
      case DATE -> new Value.DateValue(DateTimeInput.date(text, context(environment)));
      case TIME -> new Value.TimeValue(DateTimeInput.time(text, context(environment)));
      case TIMESTAMP ->
          new Value.TimestampValue(DateTimeInput.timestamp(text, context(environment)));
      case TIMESTAMPTZ ->
          new Value.TimestamptzValue(DateTimeInput.timestamptz(text, context(environment)));
    };
  }

  private static DateTimeContext context(Environment environment) {
    return new DateTimeContext(
        environment.nowMicros(), environment.zone(), environment.style().order());
  }

  /**
   * Whether {@code text} may be another value of {@code type} in another session or at another
   * time: it names no zone, or {@code now}, {@code today}, or it is read in DateStyle's order.
   */
  public static boolean dependsOnSession(String text, SqlType type) {
    return switch (type) {
      case SqlType.Modified modified -> dependsOnSession(text, modified.base());
      case SqlType.Array array -> dependsOnSession(text, array.element());
      case RowType row -> false;
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case TIMESTAMPTZ -> true;
            case TIME -> hasLetters(text);
            case DATE, TIMESTAMP -> hasLetters(text) || !beginsWithYear(text);
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> false;
            case TEXT, VARCHAR, CHAR, BYTEA, INTERVAL, UUID -> false;
            case OID, XID, NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
                false;
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> true;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> true;
          };
    };
  }

  private static boolean hasLetters(String text) {
    return text.chars().anyMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
  }

  /** Whether the first number has the three digits that only a year has: no order is asked for. */
  private static boolean beginsWithYear(String text) {
    String stripped = strip(text);
    return digits(stripped, 0) >= 3;
  }

  public static short readSmallint(String text) {
    long value = readWhole(text, SqlType.SMALLINT);
    if (value != (short) value) {
      throw outOfRange(text, SqlType.SMALLINT);
    }
    return (short) value;
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
    OptionalDouble special = special(stripped);
    if (special.isPresent()) {
      return special.getAsDouble();
    }
    if (!isDecimal(stripped)) {
      throw invalid(text, SqlType.DOUBLE_PRECISION);
    }
    return inRange(Double.parseDouble(stripped), stripped, SqlType.DOUBLE_PRECISION);
  }

  public static float readReal(String text) {
    String stripped = strip(text);
    OptionalDouble special = special(stripped);
    if (special.isPresent()) {
      return (float) special.getAsDouble();
    }
    if (!isDecimal(stripped)) {
      throw invalid(text, SqlType.REAL);
    }
    return (float) inRange(Float.parseFloat(stripped), stripped, SqlType.REAL);
  }

  private static OptionalDouble special(String stripped) {
    return switch (stripped.toLowerCase(Locale.ROOT)) {
      case "nan" -> OptionalDouble.of(Double.NaN);
      case "infinity", "inf", "+infinity", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-infinity", "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> OptionalDouble.empty();
    };
  }

  /** Neither overflow to infinity nor underflow to zero passes silently. */
  private static double inRange(double value, String digits, SqlType type) {
    if (Double.isInfinite(value) || (value == 0 && hasNonZeroMantissa(digits))) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + digits + "\" is out of range for type " + type.sqlName());
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
  static boolean isDecimal(String text) {
    if (text.isEmpty()) {
      return false;
    }
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
  static String strip(String text) {
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

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static DistDbException invalid(String text, SqlType type) {
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
