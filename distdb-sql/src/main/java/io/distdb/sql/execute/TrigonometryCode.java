// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.function.DoubleUnaryOperator;

/** Functions of angles in radians and degrees, and the hyperbolic ones. */
final class TrigonometryCode {
  private TrigonometryCode() {}

  static void addTo(CodeTable table) {
    MathCode.unary(table, "degrees", Math::toDegrees);
    MathCode.unary(table, "radians", Math::toRadians);
    MathCode.unary(table, "sin", finite(Math::sin));
    MathCode.unary(table, "cos", finite(Math::cos));
    MathCode.unary(table, "tan", finite(Math::tan));
    MathCode.unary(table, "cot", finite(angle -> 1 / Math.tan(angle)));
    MathCode.unary(table, "asin", within(Math::asin));
    MathCode.unary(table, "acos", within(Math::acos));
    MathCode.unary(table, "atan", Math::atan);
    MathCode.unary(table, "sinh", Math::sinh);
    MathCode.unary(table, "cosh", Math::cosh);
    MathCode.unary(table, "tanh", Math::tanh);
    MathCode.unary(table, "asinh", TrigonometryCode::areaSine);
    MathCode.unary(table, "acosh", TrigonometryCode::areaCosine);
    MathCode.unary(table, "atanh", TrigonometryCode::areaTangent);
    degrees(table);
    table.add(
        "atan2(float8,float8)",
        (x, r, i, a) -> r.doubles[i] = Math.atan2(a[0].doubles[i], a[1].doubles[i]));
    table.add(
        "atan2d(float8,float8)",
        (x, r, i, a) ->
            r.doubles[i] = exact(Math.toDegrees(Math.atan2(a[0].doubles[i], a[1].doubles[i]))));
  }

  private static void degrees(CodeTable table) {
    MathCode.unary(table, "sind", finite(TrigonometryCode::sine));
    MathCode.unary(table, "cosd", finite(angle -> sine(90 - Math.abs(angle % 360))));
    MathCode.unary(table, "tand", finite(TrigonometryCode::tangent));
    MathCode.unary(table, "cotd", finite(angle -> tangent(90 - angle % 360)));
    MathCode.unary(table, "asind", within(value -> exact(Math.toDegrees(Math.asin(value)))));
    MathCode.unary(table, "acosd", within(value -> exact(Math.toDegrees(Math.acos(value)))));
    MathCode.unary(table, "atand", value -> exact(Math.toDegrees(Math.atan(value))));
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
