// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.NUMERIC;
import static io.distdb.api.type.SqlType.REAL;
import static io.distdb.api.type.SqlType.SMALLINT;

import io.distdb.api.type.SqlType;
import java.util.List;

/** Functions of numbers. NULL in, NULL out. */
final class MathFunctions {
  static final List<ScalarFunction> ALL =
      List.of(
          function("abs", SMALLINT, SMALLINT),
          function("abs", REAL, REAL),
          function("abs", NUMERIC, NUMERIC),
          function("mod", SMALLINT, SMALLINT, SMALLINT),
          function("mod", NUMERIC, NUMERIC, NUMERIC),
          function("div", NUMERIC, NUMERIC, NUMERIC),
          function("ceil", NUMERIC, NUMERIC),
          function("floor", NUMERIC, NUMERIC),
          function("round", NUMERIC, NUMERIC),
          function("round", NUMERIC, NUMERIC, INTEGER),
          function("trunc", NUMERIC, NUMERIC),
          function("trunc", NUMERIC, NUMERIC, INTEGER),
          function("sign", NUMERIC, NUMERIC),
          function("sqrt", NUMERIC, NUMERIC),
          function("exp", NUMERIC, NUMERIC),
          function("ln", NUMERIC, NUMERIC),
          function("power", NUMERIC, NUMERIC, NUMERIC),
          function("abs", INTEGER, INTEGER),
          function("abs", BIGINT, BIGINT),
          function("abs", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("mod", INTEGER, INTEGER, INTEGER),
          function("mod", BIGINT, BIGINT, BIGINT),
          function("ceil", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("floor", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("round", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("trunc", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("sign", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("sqrt", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("exp", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("ln", DOUBLE_PRECISION, DOUBLE_PRECISION),
          function("power", DOUBLE_PRECISION, DOUBLE_PRECISION, DOUBLE_PRECISION));

  private MathFunctions() {}

  private static ScalarFunction function(String name, SqlType result, SqlType... arguments) {
    return new ScalarFunction(name, List.of(arguments), result, false);
  }
}
