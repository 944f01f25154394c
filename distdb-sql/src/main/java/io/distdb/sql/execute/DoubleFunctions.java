// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/**
 * Arithmetic of DOUBLE PRECISION as PostgreSQL has it: a finite computation that overflows or
 * underflows is 22003, not infinity or zero.
 */
final class DoubleFunctions {
  private DoubleFunctions() {}

  private interface Unary {
    double apply(double value);
  }

  private interface Binary {
    double apply(double left, double right);
  }

  /**
   * @param real whether the result is rounded to a REAL
   */
  static RowFunction find(String name, int arguments, boolean real) {
    RowFunction function =
        switch (arguments) {
          case 1 -> unary(name);
          case 2 -> binary(name);
          default -> null;
        };
    if (function == null || !real) {
      return function;
    }
    return (result, row, args) -> {
      function.apply(result, row, args);
      result.doubles[row] = real(result.doubles[row]);
    };
  }

  private static RowFunction unary(String name) {
    return switch (name) {
      case "+" -> of(value -> value);
      case "-" -> of(value -> -value);
      case "abs" -> of(Math::abs);
      case "sign" -> of(Math::signum);
      case "round" -> of(Math::rint);
      case "floor" -> of(Math::floor);
      case "ceil", "ceiling" -> of(Math::ceil);
      case "sqrt" -> of(DoubleFunctions::squareRoot);
      case "trunc" -> of(value -> value < 0 ? Math.ceil(value) : Math.floor(value));
      case "exp" -> of(value -> finite(Math.exp(value), value, value));
      case "ln" -> of(DoubleFunctions::logarithm);
      default -> null;
    };
  }

  private static RowFunction binary(String name) {
    return switch (name) {
      case "+" -> of((left, right) -> finite(left + right, left, right));
      case "-" -> of((left, right) -> finite(left - right, left, right));
      case "*" -> of(DoubleFunctions::multiply);
      case "/" -> of(DoubleFunctions::divide);
      case "power", "pow", "^" -> of(DoubleFunctions::power);
      default -> null;
    };
  }

  private static RowFunction of(Unary function) {
    return (result, row, args) -> result.doubles[row] = function.apply(args[0].doubles[row]);
  }

  private static RowFunction of(Binary function) {
    return (result, row, args) ->
        result.doubles[row] = function.apply(args[0].doubles[row], args[1].doubles[row]);
  }

  static double finite(double result, double left, double right) {
    if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
      throw outOfRange("overflow");
    }
    return result;
  }

  /** Rounded to a REAL; 22003 where that is an infinity or zero and the number is not. */
  static double real(double value) {
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
