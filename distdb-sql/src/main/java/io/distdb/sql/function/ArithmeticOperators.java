// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.NUMERIC;
import static io.distdb.api.type.SqlType.REAL;
import static io.distdb.api.type.SqlType.SMALLINT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code + - * / % ^} and the signs. Operands of different types meet in the wider one. Integers
 * that overflow, and division by zero, are errors; integer division truncates toward zero; {@code
 * ^} is for DOUBLE PRECISION and NUMERIC.
 */
final class ArithmeticOperators {
  static final List<ScalarFunction> ALL = all();

  private ArithmeticOperators() {}

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    List<SqlType> numbers = List.of(SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC);
    for (String symbol : List.of("+", "-", "*", "/")) {
      numbers.forEach(type -> all.add(binary(symbol, type)));
      all.add(new ScalarFunction(symbol, List.of(REAL, DOUBLE_PRECISION), DOUBLE_PRECISION, true));
      all.add(new ScalarFunction(symbol, List.of(DOUBLE_PRECISION, REAL), DOUBLE_PRECISION, true));
    }
    for (SqlType type : List.of(SMALLINT, INTEGER, BIGINT, NUMERIC)) {
      all.add(binary("%", type));
    }
    all.add(binary("^", DOUBLE_PRECISION));
    all.add(binary("^", NUMERIC));
    for (String sign : List.of("+", "-")) {
      numbers.forEach(type -> all.add(new ScalarFunction(sign, List.of(type), type, true)));
    }
    return List.copyOf(all);
  }

  private static ScalarFunction binary(String symbol, SqlType type) {
    return new ScalarFunction(symbol, List.of(type, type), type, true);
  }
}
