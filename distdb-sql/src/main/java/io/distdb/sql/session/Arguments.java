// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.parse.LiftedLiterals;
import java.util.List;

/** Where a run's parameter values come from: the caller, or the text itself. */
sealed interface Arguments {
  Value[] values(List<SqlType> types);

  /** Literals that the scanner lifted; a live view of the last scan. */
  record Lifted(LiftedLiterals literals) implements Arguments {
    private static final Value[] NONE = {};

    @Override
    public Value[] values(List<SqlType> types) {
      int count = literals.count();
      if (types.isEmpty()) {
        return NONE;
      }
      if (count == 0) {
        return Given.NONE.values(types); // text too long to be scanned, with parameters of its own
      }
      Value[] values = new Value[count];
      for (int i = 0; i < count; i++) {
        values[i] = literals.value(i, types.get(i));
      }
      return values;
    }
  }

  /** Values given to a prepared statement. */
  record Given(Value[] values) implements Arguments {
    static final Given NONE = new Given(new Value[0]);

    @Override
    public Value[] values(List<SqlType> types) {
      if (values.length != types.size()) {
        throw new DistDbException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "the statement has " + types.size() + " parameters, " + values.length + " were given");
      }
      for (int i = 0; i < values.length; i++) {
        check(i, values[i], types.get(i));
      }
      return values;
    }

    private static void check(int ordinal, Value value, SqlType type) {
      if (value == null) {
        throw wrong(ordinal, type, "is null in Java; use Value.NULL");
      }
      SqlType given = value.type();
      if (given == null || given.equals(type)) {
        return;
      }
      boolean wideTarget = type.equals(SqlType.BIGINT) || type.equals(SqlType.DOUBLE_PRECISION);
      boolean isInteger = value instanceof Value.IntegerValue;
      if (value instanceof Value.BigintValue big) {
        if (type.equals(SqlType.INTEGER) && big.value() != (int) big.value()) {
          throw new DistDbException(
              ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
              "value \""
                  + big.value()
                  + "\" of $"
                  + (ordinal + 1)
                  + " is out of range for integer");
        }
        isInteger = true;
        wideTarget |= type.equals(SqlType.INTEGER);
      }
      if (!isInteger || !wideTarget) {
        throw wrong(ordinal, type, "is of type " + given.sqlName());
      }
    }

    private static DistDbException wrong(int ordinal, SqlType type, String what) {
      return new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "parameter $"
              + (ordinal + 1)
              + " "
              + what
              + ", where "
              + type.sqlName()
              + " is asked for");
    }
  }
}
