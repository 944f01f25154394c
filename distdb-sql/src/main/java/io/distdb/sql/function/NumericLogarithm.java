// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** {@code exp} and {@code ln} of NUMERIC, with the scales of PostgreSQL's results. */
final class NumericLogarithm {
  private static final int SIGNIFICANT_DIGITS_MIN = 16;
  private static final int DISPLAY_SCALE_MAX = 1_000;
  private static final int WHOLE_DIGITS_MAX = 131_072;
  private static final int ROUNDING_DIGITS = 20;
  private static final double LOG10_OF_E = 0.434294481903252;
  private static final BigDecimal NEAR_ONE = new BigDecimal("0.1");

  private NumericLogarithm() {}

  static Numeric exp(Numeric number) {
    if (!number.isFinite()) {
      return number.isNaN() || number.signum() > 0 ? number : Numeric.ZERO;
    }
    double magnitude = number.doubleValue() * LOG10_OF_E;
    if (magnitude > WHOLE_DIGITS_MAX) {
      throw NumericInput.overflow();
    }
    int scale = scale(SIGNIFICANT_DIGITS_MIN - (int) Math.max(magnitude, -100_000), number);
    if (magnitude < -scale - 1) {
      return Numeric.of(BigDecimal.ZERO.setScale(scale));
    }
    int digits = Math.max(1, (int) magnitude + scale) + ROUNDING_DIGITS;
    BigDecimal result = DecimalSeries.exp(number.decimal(), digits);
    return NumericInput.finite(result.setScale(scale, RoundingMode.HALF_UP));
  }

  static Numeric ln(Numeric number) {
    checkPositive(number);
    if (!number.isFinite()) {
      return number;
    }
    int scale = scale(SIGNIFICANT_DIGITS_MIN - weight(number.decimal()), number);
    BigDecimal result = DecimalSeries.ln(number.decimal(), scale + ROUNDING_DIGITS);
    return Numeric.of(result.setScale(scale, RoundingMode.HALF_UP));
  }

  /** The logarithm of {@code number} to {@code base}, with as many digits as PostgreSQL's. */
  static Numeric log(Numeric base, Numeric number) {
    if (base.isNaN() || number.isNaN()) {
      return Numeric.NAN;
    }
    checkPositive(base);
    checkPositive(number);
    if (base.isInfinite()) {
      return number.isInfinite() ? Numeric.NAN : Numeric.ZERO;
    }
    if (number.isInfinite()) {
      return number;
    }
    if (base.decimal().compareTo(BigDecimal.ONE) == 0) {
      throw IntegerFunctions.divisionByZero();
    }
    int weight = weight(number.decimal()) - weight(base.decimal());
    int scale = Math.max(scale(SIGNIFICANT_DIGITS_MIN - weight, number), scale(0, base));
    int digits = scale + ROUNDING_DIGITS - Math.min(0, 2 * weight(base.decimal()));
    BigDecimal divisor = DecimalSeries.ln(base.decimal(), digits);
    BigDecimal dividend = DecimalSeries.ln(number.decimal(), digits);
    return Numeric.of(dividend.divide(divisor, scale, RoundingMode.HALF_UP));
  }

  private static void checkPositive(Numeric number) {
    if (number.signum() < 0 || number.isFinite() && number.signum() == 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
          "cannot take logarithm of " + (number.signum() == 0 ? "zero" : "a negative number"));
    }
  }

  /** The decimal weight of the logarithm's first digit, as PostgreSQL estimates it. */
  private static int weight(BigDecimal number) {
    BigDecimal distance = number.subtract(BigDecimal.ONE).abs();
    if (distance.compareTo(NEAR_ONE) <= 0) {
      return distance.signum() == 0 ? 0 : distance.precision() - distance.scale() - 1;
    }
    double logarithm = NumericPower.log10(number) / LOG10_OF_E;
    return (int) Math.log10(Math.abs(logarithm));
  }

  private static int scale(int least, Numeric number) {
    return Math.min(Math.max(Math.max(least, number.scale()), 0), DISPLAY_SCALE_MAX);
  }
}
