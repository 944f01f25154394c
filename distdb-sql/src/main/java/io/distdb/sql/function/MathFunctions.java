// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Functions of numbers, without those of angles. */
final class MathFunctions {
  /** PostgreSQL's factorial stops where NUMERIC does. */
  private static final long FACTORIAL_MAX = 32_177;

  private MathFunctions() {}

  static void addTo(FunctionTable table) {
    doubles(table);
    divisors(table);
    numerics(table);
    logarithms(table);
  }

  private static void doubles(FunctionTable table) {
    DoubleFunctions.unary(table, "cbrt(float8) float8", Math::cbrt);
    DoubleFunctions.unary(table, "||/(float8) float8", Math::cbrt);
    DoubleFunctions.unary(table, "log(float8) float8", MathFunctions::logarithm);
    DoubleFunctions.unary(table, "log10(float8) float8", MathFunctions::logarithm);
    table.add("pi() float8", (r, i, a) -> r.doubles[i] = Math.PI);
    table.add(
        "width_bucket(float8,float8,float8,int4) int4",
        (r, i, a) ->
            r.longs[i] = bucket(a[0].doubles[i], a[1].doubles[i], a[2].doubles[i], a[3].longs[i]));
  }

  private static void logarithms(FunctionTable table) {
    Numeric ten = Numeric.of(10);
    for (String name : new String[] {"log", "log10"}) {
      table.add(
          name + "(numeric) numeric",
          (r, i, a) -> r.objects[i] = NumericLogarithm.log(ten, (Numeric) a[0].objects[i]));
    }
    table.add(
        "log(numeric,numeric) numeric",
        (r, i, a) ->
            r.objects[i] =
                NumericLogarithm.log((Numeric) a[0].objects[i], (Numeric) a[1].objects[i]));
  }

  private static double logarithm(double number) {
    if (number <= 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
          "cannot take logarithm of " + (number == 0 ? "zero" : "a negative number"));
    }
    return Math.log10(number);
  }

  private static DistDbException bucketError(String message) {
    return new DistDbException(ErrorCode.INVALID_ARGUMENT_FOR_WIDTH_BUCKET, message);
  }

  private static void checkBuckets(long count, boolean unordered, boolean infinite, boolean same) {
    if (count <= 0) {
      throw bucketError("count must be greater than zero");
    }
    if (unordered) {
      throw bucketError("operand, lower bound, and upper bound cannot be NaN");
    }
    if (infinite) {
      throw bucketError("lower and upper bounds must be finite");
    }
    if (same) {
      throw bucketError("lower bound cannot equal upper bound");
    }
  }

  private static long bucket(double operand, double low, double high, long count) {
    checkBuckets(
        count,
        Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high),
        Double.isInfinite(low) || Double.isInfinite(high),
        low == high);
    double from = low < high ? operand - low : low - operand;
    double width = Math.abs(high - low);
    return from < 0 ? 0 : from >= width ? end(count) : (long) (count * (from / width)) + 1;
  }

  private static long end(long count) {
    if (count == Integer.MAX_VALUE) {
      throw IntegerFunctions.outOfRange(SqlType.INTEGER);
    }
    return count + 1;
  }

  private static long bucket(Numeric operand, Numeric low, Numeric high, long count) {
    checkBuckets(
        count,
        operand.isNaN() || low.isNaN() || high.isNaN(),
        low.isInfinite() || high.isInfinite(),
        low.equals(high));
    boolean ascending = low.compareTo(high) < 0;
    if (operand.isInfinite()) {
      return operand.signum() > 0 == ascending ? end(count) : 0;
    }
    BigDecimal from = operand.decimal().subtract(low.decimal());
    BigDecimal width = high.decimal().subtract(low.decimal());
    if (!ascending) {
      from = from.negate();
      width = width.negate();
    }
    if (from.signum() < 0) {
      return 0;
    }
    return from.compareTo(width) >= 0
        ? end(count)
        : from.multiply(BigDecimal.valueOf(count)).divideToIntegralValue(width).longValue() + 1;
  }

  private static void divisors(FunctionTable table) {
    for (String type : new String[] {"int4", "int8"}) {
      boolean wide = type.equals("int8");
      String types = "(" + type + "," + type + ") " + type;
      table.add(
          "gcd" + types,
          (r, i, a) -> r.longs[i] = inRange(divisor(a[0].longs[i], a[1].longs[i]), wide));
      table.add(
          "lcm" + types,
          (r, i, a) -> {
            BigInteger divisor = divisor(a[0].longs[i], a[1].longs[i]);
            BigInteger product =
                BigInteger.valueOf(a[0].longs[i]).multiply(BigInteger.valueOf(a[1].longs[i]));
            r.longs[i] = divisor.signum() == 0 ? 0 : inRange(product.divide(divisor).abs(), wide);
          });
    }
    table.add(
        "gcd(numeric,numeric) numeric",
        (r, i, a) -> r.objects[i] = divisor((Numeric) a[0].objects[i], (Numeric) a[1].objects[i]));
    table.add(
        "lcm(numeric,numeric) numeric",
        (r, i, a) -> r.objects[i] = multiple((Numeric) a[0].objects[i], (Numeric) a[1].objects[i]));
  }

  private static BigInteger divisor(long left, long right) {
    return BigInteger.valueOf(left).gcd(BigInteger.valueOf(right));
  }

  private static long inRange(BigInteger number, boolean wide) {
    boolean fits = wide ? number.bitLength() <= 63 : number.bitLength() <= 31;
    if (!fits) {
      throw IntegerFunctions.outOfRange(wide ? SqlType.BIGINT : SqlType.INTEGER);
    }
    return number.longValue();
  }

  private static Numeric divisor(Numeric left, Numeric right) {
    if (!left.isFinite() || !right.isFinite()) {
      return Numeric.NAN;
    }
    int scale = Math.max(left.scale(), right.scale());
    BigInteger divisor =
        left.decimal()
            .setScale(scale)
            .unscaledValue()
            .gcd(right.decimal().setScale(scale).unscaledValue());
    return Numeric.of(new BigDecimal(divisor, scale));
  }

  private static Numeric multiple(Numeric left, Numeric right) {
    if (!left.isFinite() || !right.isFinite()) {
      return Numeric.NAN;
    }
    int scale = Math.max(left.scale(), right.scale());
    BigDecimal divisor = divisor(left, right).decimal();
    return Numeric.of(
        divisor.signum() == 0
            ? BigDecimal.ZERO.setScale(scale)
            : left.decimal()
                .divideToIntegralValue(divisor)
                .multiply(right.decimal())
                .abs()
                .setScale(scale));
  }

  private static void numerics(FunctionTable table) {
    table.add(
        "factorial(int8) numeric", (x, r, i, a) -> r.objects[i] = factorial(x, a[0].longs[i]));
    table.add(
        "scale(numeric) int4",
        (x, r, i, a) -> {
          Numeric number = (Numeric) a[0].objects[i];
          r.nulls[i] = !number.isFinite();
          r.longs[i] = number.scale();
        });
    table.add(
        "min_scale(numeric) int4",
        (x, r, i, a) -> {
          Numeric number = (Numeric) a[0].objects[i];
          r.nulls[i] = !number.isFinite();
          r.longs[i] = number.isFinite() ? trimmed(number).scale() : 0;
        });
    table.add(
        "trim_scale(numeric) numeric",
        (r, i, a) -> r.objects[i] = trimmed((Numeric) a[0].objects[i]));
    table.add(
        "width_bucket(numeric,numeric,numeric,int4) int4",
        (r, i, a) ->
            r.longs[i] =
                bucket(
                    (Numeric) a[0].objects[i],
                    (Numeric) a[1].objects[i],
                    (Numeric) a[2].objects[i],
                    a[3].longs[i]));
  }

  private static Numeric trimmed(Numeric number) {
    return number.isFinite() ? Numeric.of(number.decimal().stripTrailingZeros()) : number;
  }

  private static Numeric factorial(Caller caller, long number) {
    if (number < 0) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "factorial of a negative number is undefined");
    }
    if (number > FACTORIAL_MAX) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }
    BigInteger product = BigInteger.ONE;
    for (long factor = 2; factor <= number; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
      if (factor % 1_000 == 0) {
        caller.checkCanceled();
      }
    }
    return Numeric.of(product);
  }
}
