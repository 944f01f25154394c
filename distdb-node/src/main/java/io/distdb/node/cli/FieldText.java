// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the field of a file as a value of a column's type, by PostgreSQL's input rules. */
final class FieldText {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private FieldText() {}

  /**
   * The value of {@code field}; null is NULL.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}, {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  static Value parse(String field, SqlType type) {
    if (field == null) {
      return Value.NULL;
    }
    return switch ((SqlType.Scalar) type) {
      case TEXT -> Value.of(field);
      case INTEGER -> Value.of((int) whole(field, type, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case BIGINT -> Value.of(whole(field, type, Long.MIN_VALUE, Long.MAX_VALUE));
      case DOUBLE_PRECISION -> Value.of(decimal(field, type));
      case BOOLEAN -> Value.of(truth(field, type));
    };
  }

  private static long whole(String field, SqlType type, long least, long greatest) {
    String text = field.strip();
    if (!WHOLE.matcher(text).matches()) {
      throw invalid(field, type);
    }
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(greatest)) > 0) {
      throw outOfRange(field, type);
    }
    return number.longValue();
  }

  private static double decimal(String field, SqlType type) {
    String text = field.strip();
    if (DECIMAL.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      if (Double.isInfinite(number)) {
        throw outOfRange(field, type);
      }
      return number;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw invalid(field, type);
    };
  }

  private static boolean truth(String field, SqlType type) {
    return switch (field.strip().toLowerCase(Locale.ROOT)) {
      case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
      case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
      default -> throw invalid(field, type);
    };
  }

  private static DistDbException invalid(String field, SqlType type) {
    return new DistDbException(
        ErrorCode.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type " + type.sqlName() + ": \"" + field + "\"");
  }

  private static DistDbException outOfRange(String field, SqlType type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        "value \"" + field + "\" is out of range for type " + type.sqlName());
  }
}
