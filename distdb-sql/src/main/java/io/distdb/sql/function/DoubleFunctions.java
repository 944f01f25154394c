// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Arithmetic of DOUBLE PRECISION as PostgreSQL has it: a finite computation that overflows or
 * underflows is 22003, not infinity or zero.
 */
public final class DoubleFunctions {
  private DoubleFunctions() {}

  static void addTo(FunctionTable table) {
    for (String symbol : List.of("+", "-", "*", "/")) {
      DoubleBinaryOperator operator = arithmetic(symbol);
      table.add(
          symbol + "(float4,float4) float4",
          (r, i, a) ->
              r.doubles[i] = real(operator.applyAsDouble(a[0].doubles[i], a[1].doubles[i])));
      for (String types : List.of("float8,float8", "float4,float8", "float8,float4")) {
        binary(table, symbol + "(" + types + ") float8", operator);
      }
    }
    for (String type : List.of("float4", "float8")) {
      String types = "(" + type + ") " + type;
      unary(table, "+" + types, value -> value);
      unary(table, "-" + types, value -> -value);
      unary(table, "abs" + types, Math::abs);
      unary(table, "@" + types, Math::abs);
    }
    unary(table, "ceil(float8) float8", Math::ceil);
    unary(table, "floor(float8) float8", Math::floor);
    unary(table, "round(float8) float8", Math::rint);
    unary(table, "trunc(float8) float8", value -> value < 0 ? Math.ceil(value) : Math.floor(value));
    unary(table, "sign(float8) float8", Math::signum);
    unary(table, "sqrt(float8) float8", DoubleFunctions::squareRoot);
    unary(table, "|/(float8) float8", DoubleFunctions::squareRoot);
    unary(table, "exp(float8) float8", value -> finite(Math.exp(value), value, value));
    unary(table, "ln(float8) float8", DoubleFunctions::logarithm);
    binary(table, "power(float8,float8) float8", DoubleFunctions::power);
    binary(table, "^(float8,float8) float8", DoubleFunctions::power);
  }

  private static DoubleBinaryOperator arithmetic(String symbol) {
    return switch (symbol) {
      case "+" -> (left, right) -> finite(left + right, left, right);
      case "-" -> (left, right) -> finite(left - right, left, right);
      case "*" -> DoubleFunctions::multiply;
      default -> DoubleFunctions::divide;
    };
  }

  static void unary(FunctionTable table, String signature, DoubleUnaryOperator function) {
    table.add(signature, (r, i, a) -> r.doubles[i] = function.applyAsDouble(a[0].doubles[i]));
  }

  private static void binary(FunctionTable table, String signature, DoubleBinaryOperator function) {
    table.add(
        signature,
        (r, i, a) -> r.doubles[i] = function.applyAsDouble(a[0].doubles[i], a[1].doubles[i]));
  }

  public static double finite(double result, double left, double right) {
    if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
      throw outOfRange("overflow");
    }
    return result;
  }

  /** Rounded to a REAL; 22003 where that is an infinity or zero and the number is not. */
  public static double real(double value) {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw outOfRange("overflow");
    }
    if (rounded == 0 && value != 0) {
      throw outOfRange("underflow");
    }
    return rounded;
  }

  private static DistDbException outOfRange(String how) {
    return new DistDbException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: " + how);
  }

  private static double multiply(double left, double right) {
    double result = finite(left * right, left, right);
    if (result == 0 && left != 0 && right != 0) {
      throw outOfRange("underflow");
    }
    return result;
  }

  private static double divide(double left, double right) {
    if (right == 0 && !Double.isNaN(left)) {
      throw IntegerFunctions.divisionByZero();
    }
    double result = finite(left / right, left, right);
    if (result == 0 && left != 0 && !Double.isInfinite(right)) {
      throw outOfRange("underflow");
    }
    return result;
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER, "zero raised to a negative power is undefined");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER,
          "a negative number raised to a non-integer power yields a complex result");
    }
    return finite(Math.pow(base, exponent), base, exponent);
  }

  private static double logarithm(double value) {
    if (value <= 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
          "cannot take logarithm of " + (value == 0 ? "zero" : "a negative number"));
    }
    return Math.log(value);
  }

  private static double squareRoot(double value) {
    if (value < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ARGUMENT_FOR_POWER, "cannot take square root of a negative number");
    }
    return Math.sqrt(value);
  }
}
