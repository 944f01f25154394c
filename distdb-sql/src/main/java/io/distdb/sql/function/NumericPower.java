// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Powers of NUMERIC, with PostgreSQL's special cases and result scales. */
final class NumericPower {
  private static final int SIGNIFICANT_DIGITS_MIN = 16;
  private static final int DISPLAY_SCALE_MAX = 1_000;

  /** Results with more digits before the point are out of range. */
  private static final int WHOLE_DIGITS_MAX = 131_072;

  /** So many more digits, that rounding twice is rounding once. */
  private static final int ROUNDING_DIGITS = 20;

  private NumericPower() {}

  static Numeric power(Numeric base, Numeric exponent) {
    if (!base.isFinite() || !exponent.isFinite()) {
      return special(base, exponent);
    }
    boolean whole = isWhole(exponent.decimal());
    if (base.signum() == 0 && exponent.signum() < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER, "zero raised to a negative power is undefined");
    }
    if (base.signum() < 0 && !whole) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER,
          "a negative number raised to a non-integer power yields a complex result");
    }
    if (base.signum() == 0) {
      int scale = scale(SIGNIFICANT_DIGITS_MIN, base, exponent);
      BigDecimal result = exponent.signum() == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
      return Numeric.of(result.setScale(scale));
    }
    return finite(base.decimal(), exponent.decimal(), whole);
  }

  private static Numeric finite(BigDecimal base, BigDecimal exponent, boolean whole) {
    double magnitude = log10(base.abs()) * exponent.doubleValue();
    if (magnitude > WHOLE_DIGITS_MAX) {
      throw NumericInput.overflow();
    }
    Numeric left = Numeric.of(base);
    Numeric right = Numeric.of(exponent);
    boolean small = whole && exponent.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    if (small) {
      int scale = scale(SIGNIFICANT_DIGITS_MIN, left, Numeric.ZERO);
      if (magnitude < -scale - 1) {
        return Numeric.of(BigDecimal.ZERO.setScale(scale));
      }
      return NumericInput.finite(wholePower(base, exponent.intValueExact(), magnitude, scale));
    }
    int scale = scale(SIGNIFICANT_DIGITS_MIN - (int) magnitude, left, right);
    int digits = Math.max(1, (int) magnitude + scale) + ROUNDING_DIGITS;
    BigDecimal log = DecimalSeries.ln(base.abs(), digits + exponent.precision() + 8);
    BigDecimal result = DecimalSeries.exp(log.multiply(exponent), digits);
    boolean odd = whole && exponent.toBigInteger().testBit(0) && base.signum() < 0;
    return NumericInput.finite(
        (odd ? result.negate() : result).setScale(scale, RoundingMode.HALF_UP));
  }

  /** By repeated squaring, with a few digits more than are shown. */
  private static BigDecimal wholePower(BigDecimal base, int exponent, double magnitude, int scale) {
    int digits = (int) Math.max(0, magnitude) + scale + 24;
    MathContext context = new MathContext(digits);
    BigDecimal result = BigDecimal.ONE;
    BigDecimal square = base;
    for (int left = Math.abs(exponent); left > 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = result.multiply(square, context);
      }
      square = left > 1 ? square.multiply(square, context) : square;
    }
    if (exponent < 0) {
      result = BigDecimal.ONE.divide(result, context);
    }
    return result.setScale(scale, RoundingMode.HALF_UP);
  }

  private static int scale(int least, Numeric base, Numeric exponent) {
    int scale = Math.max(least, Math.max(base.scale(), exponent.scale()));
    return Math.min(Math.max(scale, 0), DISPLAY_SCALE_MAX);
  }

  static double log10(BigDecimal number) {
    int exponent = number.precision() - number.scale() - 1;
    return exponent + Math.log10(number.movePointLeft(exponent).doubleValue());
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** As POSIX's pow: NaN to the power of 0 is 1, as is 1 to the power of NaN. */
  private static Numeric special(Numeric base, Numeric exponent) {
    if (exponent.isFinite() && exponent.signum() == 0
        || base.isFinite() && base.decimal().compareTo(BigDecimal.ONE) == 0) {
      return Numeric.of(1);
    }
    if (base.isNaN() || exponent.isNaN()) {
      return Numeric.NAN;
    }
    if (exponent.isInfinite()) {
      return toInfinity(base, exponent.signum() > 0);
    }
    boolean whole = isWhole(exponent.decimal());
    if (base.signum() < 0 && !whole) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER,
          "a negative number raised to a non-integer power yields a complex result");
    }
    boolean odd = whole && exponent.decimal().toBigInteger().testBit(0);
    if (exponent.signum() < 0) {
      return Numeric.ZERO;
    }
    return base.signum() < 0 && odd ? Numeric.NEGATIVE_INFINITY : Numeric.POSITIVE_INFINITY;
  }

  private static Numeric toInfinity(Numeric base, boolean positive) {
    if (base.signum() == 0 && !positive) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER, "zero raised to a negative power is undefined");
    }
    int order = base.isInfinite() ? 1 : base.decimal().abs().compareTo(BigDecimal.ONE);
    if (order == 0) {
      return Numeric.of(1);
    }
    return order > 0 == positive ? Numeric.POSITIVE_INFINITY : Numeric.ZERO;
  }
}
