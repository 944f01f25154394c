// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.sql.function.NumericInput;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number as it is written in SQL, with its sign.
 *
 * @param digits without sign and underscores; decimal, or hexadecimal, octal, binary after 0x, 0o,
 *     0b
 */
public record NumberText(String digits, boolean negative) {
  public static NumberText of(String text, boolean negative) {
    return new NumberText(text.indexOf('_') < 0 ? text : text.replace("_", ""), negative);
  }

  public LiteralKind kind() {
    long negated = isWhole() ? negated() : 1;
    if (negated > 0 || (!negative && negated == Long.MIN_VALUE)) {
      return LiteralKind.DECIMAL;
    }
    long value = negative ? negated : -negated;
    return value == (int) value ? LiteralKind.INTEGER : LiteralKind.BIGINT;
  }

  /** The value of a number of kind INTEGER or BIGINT. */
  public long longValue() {
    return negative ? negated() : -negated();
  }

  /**
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public double doubleValue() {
    if (radix() != 10) {
      double value = new java.math.BigInteger(digits.substring(2), radix()).doubleValue();
      return negative ? -value : value;
    }
    double value = Double.parseDouble(toString());
    if (Double.isInfinite(value)) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + this + "\" is out of range for type double precision");
    }
    return value;
  }

  /**
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public float floatValue() {
    float value = (float) doubleValue();
    if (Float.isInfinite(value)) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + this + "\" is out of range for type real");
    }
    return radix() == 10 ? Float.parseFloat(toString()) : value;
  }

  /**
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  public Numeric numericValue() {
    if (radix() != 10) {
      BigInteger value = new BigInteger(digits.substring(2), radix());
      return NumericInput.finite(new BigDecimal(negative ? value.negate() : value));
    }
    try {
      return NumericInput.finite(new BigDecimal(toString()));
    } catch (NumberFormatException exponent) {
      throw NumericInput.overflow();
    }
  }

  /** The radix that the letter after a leading zero announces; 10 when it announces none. */
  public static int radixOf(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private int radix() {
    return digits.length() > 2 && digits.charAt(0) == '0' ? radixOf(digits.charAt(1)) : 10;
  }

  private boolean isWhole() {
    return radix() != 10 || digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The negated magnitude, or 1 when it does not fit a long. */
  public long negated() {
    int radix = radix();
    long negated = 0;
    for (int at = radix == 10 ? 0 : 2; at < digits.length(); at++) {
      int digit = Character.digit(digits.charAt(at), radix);
      if (negated < Long.MIN_VALUE / radix || negated * radix < Long.MIN_VALUE + digit) {
        return 1;
      }
      negated = negated * radix - digit;
    }
    return negated;
  }

  @Override
  public String toString() {
    return negative ? "-" + digits : digits;
  }
}
