// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.NumberText;

/** Number constants as values of the number types. */
final class Numbers {
  private Numbers() {}

  /** {@code value} as a type that holds it. */
  static Value value(long value, SqlType type) {
    if (type == SqlType.INTEGER) {
      return Value.of(Math.toIntExact(value));
    }
    if (type == SqlType.BIGINT) {
      return Value.of(value);
    }
    if (type == SqlType.DOUBLE_PRECISION) {
      return Value.of((double) value);
    }
    if (type == SqlType.REAL) {
      return new Value.RealValue((float) value);
    }
    Invariant.check(type == SqlType.NUMERIC, "no whole number of type %s", type);
    return Value.of(Numeric.of(value));
  }

  /**
   * {@code number} as NUMERIC, REAL or DOUBLE PRECISION.
   *
   * @throws io.distdb.api.error.DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  static Value value(NumberText number, SqlType type) {
    if (type == SqlType.NUMERIC) {
      return Value.of(number.numericValue());
    }
    return type == SqlType.REAL
        ? new Value.RealValue(number.floatValue())
        : Value.of(number.doubleValue());
  }
}
