// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic of NUMERIC with PostgreSQL's result scales (documentation, 8.1.2 and 9.3; the rules
 * for quotients are those of {@code select_div_scale} as its results show: at least 16 significant
 * digits, no fewer digits after the point than either operand has).
 */
public final class NumericMath {
  /** Significant digits of an inexact result, at least. */
  private static final int SIGNIFICANT_DIGITS_MIN = 16;

  /** Digits after the point of an inexact result, at most. */
  private static final int DISPLAY_SCALE_MAX = 1_000;

  /** PostgreSQL counts digits in groups of four. */
  private static final int GROUP = 4;

  private NumericMath() {}

  public static Numeric add(Numeric left, Numeric right) {
    if (left.isFinite() && right.isFinite()) {
      return NumericInput.finite(left.decimal().add(right.decimal()));
    }
    boolean opposite = left.isInfinite() && right.isInfinite() && left.signum() != right.signum();
    return left.isNaN() || right.isNaN() || opposite ? Numeric.NAN : left.isFinite() ? right : left;
  }

  public static Numeric subtract(Numeric left, Numeric right) {
    return add(left, negate(right));
  }

  static Numeric negate(Numeric number) {
    if (number.isFinite()) {
      return Numeric.of(number.decimal().negate());
    }
    return number.isNaN() ? number : infinity(-number.signum());
  }

  private static Numeric infinity(int sign) {
    return sign > 0 ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY;
  }

  static Numeric multiply(Numeric left, Numeric right) {
    if (left.isFinite() && right.isFinite()) {
      return NumericInput.finite(left.decimal().multiply(right.decimal()));
    }
    if (left.isNaN() || right.isNaN() || left.signum() == 0 || right.signum() == 0) {
      return Numeric.NAN;
    }
    return infinity(left.signum() * right.signum());
  }

  public static Numeric divide(Numeric left, Numeric right) {
    if (left.isNaN() || right.isNaN() || left.isInfinite() && right.isInfinite()) {
      return Numeric.NAN;
    }
    if (right.signum() == 0) {
      throw IntegerFunctions.divisionByZero();
    }
    if (left.isInfinite()) {
      return infinity(left.signum() * right.signum());
    }
    if (right.isInfinite()) {
      return Numeric.ZERO;
    }
    int scale = quotientScale(left.decimal(), right.decimal());
    return NumericInput.finite(left.decimal().divide(right.decimal(), scale, RoundingMode.HALF_UP));
  }

  /** Digits after the point of a quotient. */
  public static int quotientScale(BigDecimal left, BigDecimal right) {
    int leftWeight = weight(left);
    int rightWeight = weight(right);
    int quotientWeight = leftWeight - rightWeight;
    if (firstGroup(left, leftWeight) <= firstGroup(right, rightWeight)) {
      quotientWeight--;
    }
    int scale = SIGNIFICANT_DIGITS_MIN - quotientWeight * GROUP;
    scale = Math.max(scale, Math.max(left.scale(), right.scale()));
    return Math.min(Math.max(scale, 0), DISPLAY_SCALE_MAX);
  }

  /** The power of 10,000 of the first group of four digits; 0 of zero. */
  private static int weight(BigDecimal number) {
    return number.signum() == 0 ? 0 : Math.floorDiv(number.precision() - number.scale() - 1, GROUP);
  }

  /** The first group of four digits, which {@code weight} belongs to; 0 of zero. */
  private static int firstGroup(BigDecimal number, int weight) {
    return number.abs().movePointLeft(weight * GROUP).setScale(0, RoundingMode.DOWN).intValue();
  }

  static Numeric remainder(Numeric left, Numeric right) {
    if (left.isNaN() || right.isNaN()) {
      return Numeric.NAN;
    }
    if (left.isInfinite()) {
      if (right.signum() == 0) {
        throw IntegerFunctions.divisionByZero();
      }
      return Numeric.NAN;
    }
    if (right.isInfinite()) {
      return left;
    }
    if (right.signum() == 0) {
      throw IntegerFunctions.divisionByZero();
    }
    int scale = Math.max(left.scale(), right.scale());
    return Numeric.of(left.decimal().remainder(right.decimal()).setScale(scale));
  }

  /** The whole part of the quotient, toward zero. */
  static Numeric div(Numeric left, Numeric right) {
    if (!left.isFinite() || !right.isFinite() || right.signum() == 0) {
      return divide(left, right);
    }
    return NumericInput.finite(
        left.decimal().divideToIntegralValue(right.decimal()).setScale(0, RoundingMode.DOWN));
  }

  /** Rounds to {@code digits} after the point, which may be negative. */
  static Numeric round(Numeric number, long digits, RoundingMode mode) {
    if (!number.isFinite()) {
      return number;
    }
    int scale = (int) Math.max(-200_000, Math.min(digits, NumericInput.SCALE_MAX));
    return NumericInput.finite(number.decimal().setScale(scale, mode).setScale(Math.max(scale, 0)));
  }

  static Numeric abs(Numeric number) {
    return number.signum() < 0 ? negate(number) : number;
  }

  static Numeric sign(Numeric number) {
    return number.isNaN() ? number : Numeric.of(number.signum());
  }

  static Numeric sqrt(Numeric number) {
    if (number.signum() < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER, "cannot take square root of a negative number");
    }
    if (!number.isFinite()) {
      return number;
    }
    BigDecimal decimal = number.decimal();
    // PostgreSQL's estimate of how many digits the root has before the point, less one
    int whole = (weight(decimal) + 1) * GROUP / 2 - 1;
    int scale = Math.max(SIGNIFICANT_DIGITS_MIN - whole, decimal.scale());
    scale = Math.min(Math.max(scale, 0), DISPLAY_SCALE_MAX);
    return Numeric.of(rootOf(decimal, scale));
  }

  /** Rounded to {@code scale}: the integer root of the number with twice as many digits. */
  public static BigDecimal rootOf(BigDecimal number, int scale) {
    int digits = scale + 1;
    BigInteger scaled = number.setScale(digits * 2, RoundingMode.DOWN).unscaledValue();
    BigInteger root = scaled.sqrt();
    // half-way cases cannot be: a root with one digit more would be exact
    return new BigDecimal(root, digits).setScale(scale, RoundingMode.HALF_UP);
  }
}
