// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.function.DoubleUnaryOperator;

/** Functions of angles in radians and degrees, and the hyperbolic ones. */
final class TrigonometryFunctions {
  private TrigonometryFunctions() {}

  static void addTo(FunctionTable table) {
    DoubleFunctions.unary(table, "degrees(float8) float8", Math::toDegrees);
    DoubleFunctions.unary(table, "radians(float8) float8", Math::toRadians);
    DoubleFunctions.unary(table, "sin(float8) float8", finite(Math::sin));
    DoubleFunctions.unary(table, "cos(float8) float8", finite(Math::cos));
    DoubleFunctions.unary(table, "tan(float8) float8", finite(Math::tan));
    DoubleFunctions.unary(table, "cot(float8) float8", finite(angle -> 1 / Math.tan(angle)));
    DoubleFunctions.unary(table, "asin(float8) float8", within(Math::asin));
    DoubleFunctions.unary(table, "acos(float8) float8", within(Math::acos));
    DoubleFunctions.unary(table, "atan(float8) float8", Math::atan);
    DoubleFunctions.unary(table, "sinh(float8) float8", Math::sinh);
    DoubleFunctions.unary(table, "cosh(float8) float8", Math::cosh);
    DoubleFunctions.unary(table, "tanh(float8) float8", Math::tanh);
    DoubleFunctions.unary(table, "asinh(float8) float8", TrigonometryFunctions::areaSine);
    DoubleFunctions.unary(table, "acosh(float8) float8", TrigonometryFunctions::areaCosine);
    DoubleFunctions.unary(table, "atanh(float8) float8", TrigonometryFunctions::areaTangent);
    degrees(table);
    table.add(
        "atan2(float8,float8) float8",
        (r, i, a) -> r.doubles[i] = Math.atan2(a[0].doubles[i], a[1].doubles[i]));
    table.add(
        "atan2d(float8,float8) float8",
        (r, i, a) ->
            r.doubles[i] = exact(Math.toDegrees(Math.atan2(a[0].doubles[i], a[1].doubles[i]))));
  }

  private static void degrees(FunctionTable table) {
    DoubleFunctions.unary(table, "sind(float8) float8", finite(TrigonometryFunctions::sine));
    DoubleFunctions.unary(
        table, "cosd(float8) float8", finite(angle -> sine(90 - Math.abs(angle % 360))));
    DoubleFunctions.unary(table, "tand(float8) float8", finite(TrigonometryFunctions::tangent));
    DoubleFunctions.unary(table, "cotd(float8) float8", finite(angle -> tangent(90 - angle % 360)));
    DoubleFunctions.unary(
        table, "asind(float8) float8", within(value -> exact(Math.toDegrees(Math.asin(value)))));
    DoubleFunctions.unary(
        table, "acosd(float8) float8", within(value -> exact(Math.toDegrees(Math.acos(value)))));
    DoubleFunctions.unary(
        table, "atand(float8) float8", value -> exact(Math.toDegrees(Math.atan(value))));
  }

  /** Exact where the sine is a simple number. */
  private static double sine(double degrees) {
    double angle = degrees % 360;
    double sign = angle < 0 ? -1 : 1;
    angle = Math.abs(angle);
    if (angle > 180) {
      angle = 360 - angle;
      sign = -sign;
    }
    if (angle > 90) {
      angle = 180 - angle;
    }
    double sine =
        angle == 0 ? 0 : angle == 30 ? 0.5 : angle == 90 ? 1 : Math.sin(Math.toRadians(angle));
    return sine == 0 ? 0 : sign * sine;
  }

  private static double tangent(double degrees) {
    double angle = degrees % 180;
    double sign = angle < 0 ? -1 : 1;
    angle = Math.abs(angle);
    if (angle > 90) {
      angle = 180 - angle;
      sign = -sign;
    }
    if (angle == 90) {
      return sign * Double.POSITIVE_INFINITY;
    }
    double tangent = angle == 45 ? 1 : angle == 0 ? 0 : Math.tan(Math.toRadians(angle));
    return tangent == 0 ? 0 : sign * tangent;
  }

  /** The whole number of degrees that rounding just missed. */
  private static double exact(double degrees) {
    double whole = Math.rint(degrees);
    return Math.abs(degrees - whole) < 1e-13 ? whole : degrees;
  }

  private static DoubleUnaryOperator finite(DoubleUnaryOperator function) {
    return value -> {
      if (Double.isInfinite(value)) {
        throw outOfRange();
      }
      return function.applyAsDouble(value);
    };
  }

  private static DoubleUnaryOperator within(DoubleUnaryOperator function) {
    return value -> {
      if (value < -1 || value > 1) {
        throw outOfRange();
      }
      return function.applyAsDouble(value);
    };
  }

  private static DistDbException outOfRange() {
    return new DistDbException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
  }

  private static double areaSine(double value) {
    double size = Math.abs(value);
    double result =
        size < 1e8
            ? Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)))
            : Math.log(size) + Math.log(2);
    return Math.copySign(result, value);
  }

  private static double areaCosine(double value) {
    if (value < 1) {
      throw outOfRange();
    }
    return value < 1e8
        ? Math.log(value + Math.sqrt(value * value - 1))
        : Math.log(value) + Math.log(2);
  }

  private static double areaTangent(double value) {
    if (value < -1 || value > 1) {
      throw outOfRange();
    }
    return 0.5 * (Math.log1p(value) - Math.log1p(-value));
  }
}
