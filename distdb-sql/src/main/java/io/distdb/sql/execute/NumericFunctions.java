// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import java.math.RoundingMode;
import java.util.List;

/** Functions and operators of NUMERIC. */
final class NumericFunctions {
  private NumericFunctions() {}

  private interface Unary {
    Numeric apply(Numeric value);
  }

  private interface Binary {
    Numeric apply(Numeric left, Numeric right);
  }

  private interface WithDigits {
    Numeric apply(Numeric value, long digits);
  }

  static RowFunction find(String name, List<SqlType> types) {
    return switch (types.size()) {
      case 1 -> unary(name);
      case 2 -> types.get(1) == SqlType.NUMERIC ? binary(name) : withDigits(name);
      default -> null;
    };
  }

  private static RowFunction of(Unary function) {
    return (result, row, args) ->
        result.objects[row] = function.apply((Numeric) args[0].objects[row]);
  }

  private static RowFunction of(Binary function) {
    return (result, row, args) ->
        result.objects[row] =
            function.apply((Numeric) args[0].objects[row], (Numeric) args[1].objects[row]);
  }

  private static RowFunction of(WithDigits function) {
    return (result, row, args) ->
        result.objects[row] = function.apply((Numeric) args[0].objects[row], args[1].longs[row]);
  }

  private static RowFunction unary(String name) {
    return switch (name) {
      case "+" -> of((Unary) value -> value);
      case "-" -> of((Unary) NumericMath::negate);
      case "abs" -> of((Unary) NumericMath::abs);
      case "sign" -> of((Unary) NumericMath::sign);
      case "sqrt" -> of((Unary) NumericMath::sqrt);
      case "exp" -> of((Unary) NumericLogarithm::exp);
      case "ln" -> of((Unary) NumericLogarithm::ln);
      case "round" -> of((Unary) value -> NumericMath.round(value, 0, RoundingMode.HALF_UP));
      case "trunc" -> of((Unary) value -> NumericMath.round(value, 0, RoundingMode.DOWN));
      case "ceil" -> of((Unary) value -> NumericMath.round(value, 0, RoundingMode.CEILING));
      case "floor" -> of((Unary) value -> NumericMath.round(value, 0, RoundingMode.FLOOR));
      default -> null;
    };
  }

  private static RowFunction binary(String name) {
    return switch (name) {
      case "+" -> of((Binary) NumericMath::add);
      case "-" -> of((Binary) NumericMath::subtract);
      case "*" -> of((Binary) NumericMath::multiply);
      case "/" -> of((Binary) NumericMath::divide);
      case "%", "mod" -> of((Binary) NumericMath::remainder);
      case "div" -> of((Binary) NumericMath::div);
      case "^", "power" -> of((Binary) NumericPower::power);
      default -> null;
    };
  }

  private static RowFunction withDigits(String name) {
    return switch (name) {
      case "round" ->
          of(
              (WithDigits)
                  (value, digits) -> NumericMath.round(value, digits, RoundingMode.HALF_UP));
      case "trunc" ->
          of((WithDigits) (value, digits) -> NumericMath.round(value, digits, RoundingMode.DOWN));
      default -> null;
    };
  }
}
