// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code + - * / % ^} and the signs. Operands of different types meet in the wider one. Integers
 * that overflow, and division by zero, are errors; integer division truncates toward zero; {@code
 * ^} is for DOUBLE PRECISION alone.
 */
final class ArithmeticOperators {
  static final List<ScalarFunction> ALL = all();

  private ArithmeticOperators() {}

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    List<SqlType> numbers = List.of(INTEGER, BIGINT, DOUBLE_PRECISION);
    for (String symbol : List.of("+", "-", "*", "/")) {
      numbers.forEach(type -> all.add(binary(symbol, type)));
    }
    all.add(binary("%", INTEGER));
    all.add(binary("%", BIGINT));
    all.add(binary("^", DOUBLE_PRECISION));
    for (String sign : List.of("+", "-")) {
      numbers.forEach(type -> all.add(new ScalarFunction(sign, List.of(type), type, true)));
    }
    return List.copyOf(all);
  }

  private static ScalarFunction binary(String symbol, SqlType type) {
    return new ScalarFunction(symbol, List.of(type, type), type, true);
  }
}
