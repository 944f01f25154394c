// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.external.ValueForm;
import io.distdb.sql.function.Environment;
import io.distdb.sql.parse.LiftedLiterals;
import java.util.List;
import java.util.Optional;

/** Where a run's parameter values come from: the caller, or the text itself. */
sealed interface Arguments {
  Value[] values(List<SqlType> types, Environment environment);

  /** What the planner may look at; nothing where it is wrong or not one value for each type. */
  default Optional<Value[]> forPlanning(List<SqlType> types, Environment environment) {
    return Optional.empty();
  }

  /** Literals that the scanner lifted; a live view of the last scan. */
  record Lifted(LiftedLiterals literals) implements Arguments {
    private static final Value[] NONE = {};

    @Override
    public Value[] values(List<SqlType> types, Environment environment) {
      int count = literals.count();
      if (types.isEmpty()) {
        return NONE;
      }
      if (count == 0) {
        return Given.NONE.values(
            types, environment); // text too long to be scanned, with parameters of its own
      }
      Value[] values = new Value[count];
      for (int i = 0; i < count; i++) {
        values[i] = literals.value(i, types.get(i), environment);
      }
      return values;
    }

    @Override
    public Optional<Value[]> forPlanning(List<SqlType> types, Environment environment) {
      try {
        return literals.count() == types.size() && !types.isEmpty()
            ? Optional.of(values(types, environment))
            : Optional.empty();
      } catch (DistDbException atRunTime) {
        return Optional.empty();
      }
    }
  }

  /** Values given to a prepared statement. */
  record Given(Value[] values) implements Arguments {
    static final Given NONE = new Given(new Value[0]);

    @Override
    public Value[] values(List<SqlType> types, Environment environment) {
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

    @Override
    public Optional<Value[]> forPlanning(List<SqlType> types, Environment environment) {
      boolean all = values.length == types.size() && values.length > 0;
      for (Value value : values) {
        all &= value != null;
      }
      return all ? Optional.of(values) : Optional.empty();
    }

    private static void check(int ordinal, Value value, SqlType type) {
      if (value == null) {
        throw wrong(ordinal, type, "is null in Java; use Value.NULL");
      }
      SqlType given = value.type();
      if (given == null || given.equals(type)) {
        return;
      }
      SqlType wanted = type.unmodified();
      boolean fits =
          switch (value) {
            case Value.TextValue v -> ValueForm.of(wanted) == ValueForm.TEXT;
            case Value.SmallintValue v -> isNumber(wanted);
            case Value.IntegerValue v -> isNumber(wanted) && inRange(ordinal, v.value(), wanted);
            case Value.BigintValue v -> isNumber(wanted) && inRange(ordinal, v.value(), wanted);
            default -> given.equals(wanted);
          };
      if (!fits) {
        throw wrong(ordinal, type, "is of type " + given.sqlName());
      }
    }

    private static boolean isNumber(SqlType type) {
      return type == SqlType.SMALLINT
          || type == SqlType.INTEGER
          || type == SqlType.BIGINT
          || type == SqlType.NUMERIC
          || type == SqlType.REAL
          || type == SqlType.DOUBLE_PRECISION;
    }

    private static boolean inRange(int ordinal, long value, SqlType type) {
      boolean out =
          type == SqlType.INTEGER && value != (int) value
              || type == SqlType.SMALLINT && value != (short) value;
      if (out) {
        throw new DistDbException(
            ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
            "value \""
                + value
                + "\" of $"
                + (ordinal + 1)
                + " is out of range for "
                + type.sqlName());
      }
      return true;
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

  /**
   * Those of EXECUTE, computed anew for each run.
   *
   * @param around parameters that they have themselves
   */
  record Call(NamedStatement statement, CachedStatement call, Arguments around)
      implements Arguments {
    @Override
    public Value[] values(List<SqlType> types, Environment environment) {
      throw new IllegalStateException("the values of EXECUTE take a run to compute");
    }
  }

  /** For each run of a batch its values, computed anew when the batch is repeated. */
  record Batch(List<Value[]> runs) implements Arguments {
    @Override
    public Value[] values(List<SqlType> types, Environment environment) {
      throw new DistDbException(
          ErrorCode.WRONG_OBJECT_TYPE,
          "a batch runs INSERT, UPDATE or DELETE without RETURNING, no other statement");
    }
  }
}
