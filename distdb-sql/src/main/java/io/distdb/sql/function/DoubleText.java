// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;
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
    return special(
        value,
        () ->
            of(shortest(Double.toString(value), one -> one.doubleValue() == value), DOUBLE_DIGITS));
  }

  /** A REAL: exponents from 6 on. */
  public static String of(float value) {
    return special(
        value,
        () -> of(shortest(Float.toString(value), one -> one.floatValue() == value), FLOAT_DIGITS));
  }

  /**
   * @param extra above 0: as {@link #of(double)}; else so many digits more than 15
   */
  public static String of(double value, int extra) {
    return extra > 0 ? of(value) : special(value, () -> rounded(value, DOUBLE_DIGITS + extra));
  }

  /**
   * @param extra above 0: as {@link #of(float)}; else so many digits more than 6
   */
  public static String of(float value, int extra) {
    return extra > 0 ? of(value) : special(value, () -> rounded(value, FLOAT_DIGITS + extra));
  }

  /** As C's {@code %.*g}. */
  private static String rounded(double value, int digits) {
    int kept = Math.max(digits, 1);
    return of(new BigDecimal(value).round(new MathContext(kept, RoundingMode.HALF_EVEN)), kept);
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

  /** Java gives two digits at least; one does for the least numbers, such as 5e-324. */
  private static BigDecimal shortest(String java, Predicate<BigDecimal> isSame) {
    BigDecimal number = new BigDecimal(java).stripTrailingZeros();
    if (number.precision() == 2) {
      BigDecimal one = number.round(new MathContext(1, RoundingMode.HALF_EVEN));
      return isSame.test(one) ? one : number;
    }
    return number;
  }

  private static String of(BigDecimal number, int digitsMax) {
    BigDecimal shortest = number.stripTrailingZeros();
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
