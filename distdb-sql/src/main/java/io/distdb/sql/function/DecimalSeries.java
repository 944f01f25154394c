// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Exponential and logarithm of decimals to any number of digits, by Taylor's series after the
 * argument was brought near 0 or 1 (Brent and Zimmermann, Modern Computer Arithmetic, 4.3 and 4.4).
 */
final class DecimalSeries {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Digits computed beyond those asked for. */
  private static final int GUARD_DIGITS = 12;

  /** The argument of the series of exp is below 2 to the power of minus this. */
  private static final int HALVINGS = 8;

  private static final BigDecimal NEAR_ONE = new BigDecimal("0.05");

  private DecimalSeries() {}

  /** e to the power of {@code x}, to {@code digits} significant digits. */
  static BigDecimal exp(BigDecimal x, int digits) {
    int whole = Math.max(0, x.precision() - x.scale());
    MathContext context = context(digits + GUARD_DIGITS + whole);
    int halvings = HALVINGS + whole * 4;
    BigDecimal reduced = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), context);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal least = BigDecimal.ONE.movePointLeft(context.getPrecision() + halvings);
    for (int n = 1; term.abs().compareTo(least) > 0; n++) {
      term = term.multiply(reduced, context).divide(BigDecimal.valueOf(n), context);
      sum = sum.add(term, context(context.getPrecision() + halvings));
    }
    MathContext squaring = context(context.getPrecision() + halvings);
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, squaring);
    }
    return sum.round(context(digits));
  }

  /**
   * The natural logarithm of {@code x}, which is above 0, to about {@code scale} digits after the
   * point.
   */
  static BigDecimal ln(BigDecimal x, int scale) {
    int exponent = x.precision() - x.scale();
    int precision = scale + GUARD_DIGITS + 8;
    BigDecimal mantissa = x.movePointLeft(exponent);
    BigDecimal sum = nearOne(mantissa, precision);
    if (exponent != 0) {
      BigDecimal ten = nearOne(BigDecimal.TEN, precision);
      sum = sum.add(ten.multiply(BigDecimal.valueOf(exponent)));
    }
    return sum;
  }

  /** Square roots until the series 2 artanh((x - 1) / (x + 1)) converges fast. */
  private static BigDecimal nearOne(BigDecimal x, int precision) {
    MathContext context = context(precision + GUARD_DIGITS);
    BigDecimal root = x;
    int doublings = 0;
    while (root.subtract(BigDecimal.ONE).abs().compareTo(NEAR_ONE) > 0) {
      root = root.sqrt(context);
      doublings++;
    }
    BigDecimal ratio = root.subtract(BigDecimal.ONE).divide(root.add(BigDecimal.ONE), context);
    BigDecimal square = ratio.multiply(ratio, context);
    BigDecimal power = ratio;
    BigDecimal sum = ratio;
    BigDecimal least = BigDecimal.ONE.movePointLeft(context.getPrecision());
    for (int n = 3; power.abs().compareTo(least) > 0; n += 2) {
      power = power.multiply(square, context);
      sum = sum.add(power.divide(BigDecimal.valueOf(n), context), context);
    }
    return sum.multiply(TWO.pow(doublings + 1));
  }

  private static MathContext context(int precision) {
    return new MathContext(precision, RoundingMode.HALF_EVEN);
  }
}
