// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;

/**
 * A value of SQL's NUMERIC: a decimal number of any length, infinity, -infinity or NaN (PostgreSQL
 * documentation, 8.1.2). The scale is what is shown: 1.50 keeps its zero.
 *
 * <p>Equality and order are SQL's: 1.5 equals 1.50, NaN equals itself and is the greatest.
 */
public final class Numeric implements Comparable<Numeric> {
  public static final Numeric NAN = new Numeric(null, 2);
  public static final Numeric POSITIVE_INFINITY = new Numeric(null, 1);
  public static final Numeric NEGATIVE_INFINITY = new Numeric(null, -1);
  public static final Numeric ZERO = new Numeric(BigDecimal.ZERO, 0);

  /** Null unless finite. */
  private final BigDecimal decimal;

  /** -1, 0, 1, 2: -infinity, finite, infinity, NaN. */
  private final int rank;

  private Numeric(BigDecimal decimal, int rank) {
    this.decimal = decimal;
    this.rank = rank;
  }

  /** The number; a negative scale becomes 0. */
  public static Numeric of(BigDecimal decimal) {
    Objects.requireNonNull(decimal, "decimal");
    return new Numeric(decimal.scale() < 0 ? decimal.setScale(0) : decimal, 0);
  }

  public static Numeric of(long number) {
    return new Numeric(BigDecimal.valueOf(number), 0);
  }

  public static Numeric of(BigInteger number) {
    return new Numeric(new BigDecimal(number), 0);
  }

  /** The double rounded to 15 significant digits, as PostgreSQL's cast does. */
  public static Numeric of(double number) {
    return of(number, 15);
  }

  /** The float rounded to 6 significant digits, as PostgreSQL's cast does. */
  public static Numeric of(float number) {
    return of(number, 6);
  }

  private static Numeric of(double number, int digits) {
    if (Double.isNaN(number)) {
      return NAN;
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
    return number == 0 ? ZERO : of(rounded.stripTrailingZeros());
  }

  public boolean isFinite() {
    return rank == 0;
  }

  public boolean isNaN() {
    return rank == 2;
  }

  public boolean isInfinite() {
    return rank == 1 || rank == -1;
  }

  /** -1, 0 or 1; 1 of NaN. */
  public int signum() {
    return rank == 0 ? decimal.signum() : Integer.signum(rank);
  }

  /**
   * The number, with a scale of 0 or more.
   *
   * @throws ArithmeticException it is not finite
   */
  public BigDecimal decimal() {
    if (decimal == null) {
      throw new ArithmeticException(this + " is no decimal number");
    }
    return decimal;
  }

  /** Digits after the point; 0 when not finite. */
  public int scale() {
    return decimal == null ? 0 : decimal.scale();
  }

  /** The nearest double; an infinity when it is beyond all of them. */
  public double doubleValue() {
    return switch (rank) {
      case -1 -> Double.NEGATIVE_INFINITY;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NaN;
      default -> decimal.doubleValue();
    };
  }

  @Override
  public int compareTo(Numeric other) {
    return rank == 0 && other.rank == 0
        ? decimal.compareTo(other.decimal)
        : Integer.compare(rank, other.rank);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Numeric numeric && compareTo(numeric) == 0;
  }

  @Override
  public int hashCode() {
    return rank == 0 ? decimal.stripTrailingZeros().hashCode() : rank;
  }

  /** As PostgreSQL prints it: never with an exponent. */
  @Override
  public String toString() {
    return switch (rank) {
      case -1 -> "-Infinity";
      case 1 -> "Infinity";
      case 2 -> "NaN";
      default -> decimal.toPlainString();
    };
  }
}
