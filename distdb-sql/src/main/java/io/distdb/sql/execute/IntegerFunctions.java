// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.util.List;

/** Arithmetic of SMALLINT, INTEGER and BIGINT: exact, or 22003. */
final class IntegerFunctions {
  private IntegerFunctions() {}

  /**
   * The function of these argument types, or null. Integers are computed as longs, then checked.
   */
  static RowFunction find(String name, List<SqlType> types) {
    SqlType type = types.get(0);
    for (SqlType other : types) {
      if (!other.equals(type)) {
        return null;
      }
    }
    return types.size() == 1 ? unary(name, type) : types.size() == 2 ? binary(name, type) : null;
  }

  private static RowFunction unary(String name, SqlType type) {
    return switch (name) {
      case "+" -> (result, row, args) -> result.longs[row] = args[0].longs[row];
      case "-" -> (result, row, args) -> result.longs[row] = subtract(0, args[0].longs[row], type);
      case "abs" ->
          (result, row, args) -> {
            long value = args[0].longs[row];
            result.longs[row] = value < 0 ? subtract(0, value, type) : value;
          };
      case "sign" -> (result, row, args) -> result.longs[row] = Long.signum(args[0].longs[row]);
      default -> null;
    };
  }

  private static RowFunction binary(String name, SqlType type) {
    return switch (name) {
      case "+" ->
          (result, row, args) ->
              result.longs[row] = add(args[0].longs[row], args[1].longs[row], type);
      case "-" ->
          (result, row, args) ->
              result.longs[row] = subtract(args[0].longs[row], args[1].longs[row], type);
      case "*" ->
          (result, row, args) ->
              result.longs[row] = multiply(args[0].longs[row], args[1].longs[row], type);
      case "/" ->
          (result, row, args) ->
              result.longs[row] = divide(args[0].longs[row], args[1].longs[row], type);
      case "%", "mod" ->
          (result, row, args) ->
              result.longs[row] = remainder(args[0].longs[row], args[1].longs[row]);
      default -> null;
    };
  }

  /** {@code value} when it is in the type's range. */
  static long inRange(long value, SqlType type) {
    if (value != (int) value && type != SqlType.BIGINT
        || value != (short) value && type == SqlType.SMALLINT) {
      throw outOfRange(type);
    }
    return value;
  }

  static DistDbException outOfRange(SqlType type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, type.sqlName() + " out of range");
  }

  static DistDbException divisionByZero() {
    return new DistDbException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
  }

  static long add(long left, long right, SqlType type) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      throw outOfRange(type);
    }
    return inRange(sum, type);
  }

  private static long subtract(long left, long right, SqlType type) {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      throw outOfRange(type);
    }
    return inRange(difference, type);
  }

  private static long multiply(long left, long right, SqlType type) {
    long low = left * right;
    if (Math.multiplyHigh(left, right) != low >> 63) {
      throw outOfRange(type);
    }
    return inRange(low, type);
  }

  private static long divide(long left, long right, SqlType type) {
    if (right == 0) {
      throw divisionByZero();
    }
    return right == -1 ? subtract(0, left, type) : left / right;
  }

  private static long remainder(long left, long right) {
    if (right == 0) {
      throw divisionByZero();
    }
    return right == -1 ? 0 : left % right;
  }
}
