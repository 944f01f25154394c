// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.util.List;

/** Arithmetic of INTEGER and BIGINT: exact, or 22003. */
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
    boolean big = type.equals(SqlType.BIGINT);
    if (!big && !type.equals(SqlType.INTEGER)) {
      return null;
    }
    return types.size() == 1 ? unary(name, big) : types.size() == 2 ? binary(name, big) : null;
  }

  private static RowFunction unary(String name, boolean big) {
    return switch (name) {
      case "+" -> (result, row, args) -> result.longs[row] = args[0].longs[row];
      case "-" -> (result, row, args) -> result.longs[row] = subtract(0, args[0].longs[row], big);
      case "abs" ->
          (result, row, args) -> {
            long value = args[0].longs[row];
            result.longs[row] = value < 0 ? subtract(0, value, big) : value;
          };
      case "sign" -> (result, row, args) -> result.longs[row] = Long.signum(args[0].longs[row]);
      default -> null;
    };
  }

  private static RowFunction binary(String name, boolean big) {
    return switch (name) {
      case "+" ->
          (result, row, args) ->
              result.longs[row] = add(args[0].longs[row], args[1].longs[row], big);
      case "-" ->
          (result, row, args) ->
              result.longs[row] = subtract(args[0].longs[row], args[1].longs[row], big);
      case "*" ->
          (result, row, args) ->
              result.longs[row] = multiply(args[0].longs[row], args[1].longs[row], big);
      case "/" ->
          (result, row, args) ->
              result.longs[row] = divide(args[0].longs[row], args[1].longs[row], big);
      case "%", "mod" ->
          (result, row, args) ->
              result.longs[row] = remainder(args[0].longs[row], args[1].longs[row]);
      default -> null;
    };
  }

  /** {@code value} when it is in the type's range. */
  static long inRange(long value, boolean big) {
    if (!big && value != (int) value) {
      throw outOfRange(false);
    }
    return value;
  }

  static DistDbException outOfRange(boolean big) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, (big ? "bigint" : "integer") + " out of range");
  }

  static DistDbException divisionByZero() {
    return new DistDbException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
  }

  static long add(long left, long right, boolean big) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      throw outOfRange(big);
    }
    return inRange(sum, big);
  }

  private static long subtract(long left, long right, boolean big) {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      throw outOfRange(big);
    }
    return inRange(difference, big);
  }

  private static long multiply(long left, long right, boolean big) {
    long low = left * right;
    if (Math.multiplyHigh(left, right) != low >> 63) {
      throw outOfRange(big);
    }
    return inRange(low, big);
  }

  private static long divide(long left, long right, boolean big) {
    if (right == 0) {
      throw divisionByZero();
    }
    return right == -1 ? subtract(0, left, big) : left / right;
  }

  private static long remainder(long left, long right) {
    if (right == 0) {
      throw divisionByZero();
    }
    return right == -1 ? 0 : left % right;
  }
}
