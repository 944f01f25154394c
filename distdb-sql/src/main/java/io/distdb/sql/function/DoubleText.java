// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.math.BigDecimal;
import java.util.function.Supplier;

/**
 * Doubles as PostgreSQL prints them: the shortest digits that read back equal ({@link
 * Double#toString} finds them since JDK 19), as {@code 1e+20} when the exponent is below -4 or
 * above 14, and without a fraction of zero.
 */
public final class DoubleText {
  private static final int DOUBLE_DIGITS = 15;
  private static final int FLOAT_DIGITS = 6;

  private DoubleText() {}

  public static String of(double value) {
    return special(value, () -> of(Double.toString(value), DOUBLE_DIGITS));
  }

  /** A REAL: exponents from 6 on. */
  public static String of(float value) {
    return special(value, () -> of(Float.toString(value), FLOAT_DIGITS));
  }

  private static String special(double value, Supplier<String> finite) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return value == 0 ? 1 / value < 0 ? "-0" : "0" : finite.get();
  }

  private static String of(String java, int digitsMax) {
    BigDecimal shortest = new BigDecimal(java).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < digitsMax) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    StringBuilder text =
        new StringBuilder(shortest.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }
}
