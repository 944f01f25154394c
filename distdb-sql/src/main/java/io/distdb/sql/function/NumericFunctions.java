// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.Numeric;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Functions and operators of NUMERIC. */
final class NumericFunctions {
  private NumericFunctions() {}

  static void addTo(FunctionTable table) {
    unary(table, "+", value -> value);
    unary(table, "-", NumericMath::negate);
    unary(table, "abs", NumericMath::abs);
    unary(table, "@", NumericMath::abs);
    unary(table, "sign", NumericMath::sign);
    unary(table, "sqrt", NumericMath::sqrt);
    unary(table, "exp", NumericLogarithm::exp);
    unary(table, "ln", NumericLogarithm::ln);
    unary(table, "round", value -> NumericMath.round(value, 0, RoundingMode.HALF_UP));
    unary(table, "trunc", value -> NumericMath.round(value, 0, RoundingMode.DOWN));
    unary(table, "ceil", value -> NumericMath.round(value, 0, RoundingMode.CEILING));
    unary(table, "floor", value -> NumericMath.round(value, 0, RoundingMode.FLOOR));
    binary(table, "+", NumericMath::add);
    binary(table, "-", NumericMath::subtract);
    binary(table, "*", NumericMath::multiply);
    binary(table, "/", NumericMath::divide);
    binary(table, "%", NumericMath::remainder);
    binary(table, "mod", NumericMath::remainder);
    binary(table, "div", NumericMath::div);
    binary(table, "^", NumericPower::power);
    binary(table, "power", NumericPower::power);
    rounding(table, "round", RoundingMode.HALF_UP);
    rounding(table, "trunc", RoundingMode.DOWN);
    table.alias("ceiling", "ceil");
    table.alias("pow", "power");
  }

  private static void unary(FunctionTable table, String name, UnaryOperator<Numeric> function) {
    table.add(
        name + "(numeric) numeric",
        (r, i, a) -> r.objects[i] = function.apply((Numeric) a[0].objects[i]));
  }

  private static void binary(FunctionTable table, String name, BinaryOperator<Numeric> function) {
    table.add(
        name + "(numeric,numeric) numeric",
        (r, i, a) ->
            r.objects[i] = function.apply((Numeric) a[0].objects[i], (Numeric) a[1].objects[i]));
  }

  private static void rounding(FunctionTable table, String name, RoundingMode mode) {
    table.add(
        name + "(numeric,int4) numeric",
        (r, i, a) ->
            r.objects[i] = NumericMath.round((Numeric) a[0].objects[i], a[1].longs[i], mode));
  }
}
