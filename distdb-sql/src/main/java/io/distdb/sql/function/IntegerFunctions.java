// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * Arithmetic of SMALLINT, INTEGER and BIGINT: exact, or 22003. They are computed as longs, then
 * checked. Division truncates toward zero. Operands of different types meet in the wider one.
 */
public final class IntegerFunctions {
  private IntegerFunctions() {}

  static void addTo(FunctionTable table) {
    for (SqlType type : List.of(SqlType.SMALLINT, SqlType.INTEGER, SqlType.BIGINT)) {
      String name = type.shortName();
      unary(table, "(" + name + ") " + name, type);
      binary(table, "(" + name + "," + name + ") " + name, type);
    }
  }

  private static void unary(FunctionTable table, String types, SqlType type) {
    table.add("+" + types, (r, i, a) -> r.longs[i] = a[0].longs[i]);
    table.add("-" + types, (r, i, a) -> r.longs[i] = subtract(0, a[0].longs[i], type));
    for (String name : List.of("abs", "@")) {
      table.add(
          name + types,
          (r, i, a) -> {
            long value = a[0].longs[i];
            r.longs[i] = value < 0 ? subtract(0, value, type) : value;
          });
    }
  }

  private static void binary(FunctionTable table, String types, SqlType type) {
    table.add("+" + types, (r, i, a) -> r.longs[i] = add(a[0].longs[i], a[1].longs[i], type));
    table.add("-" + types, (r, i, a) -> r.longs[i] = subtract(a[0].longs[i], a[1].longs[i], type));
    table.add("*" + types, (r, i, a) -> r.longs[i] = multiply(a[0].longs[i], a[1].longs[i], type));
    table.add("/" + types, (r, i, a) -> r.longs[i] = divide(a[0].longs[i], a[1].longs[i], type));
    for (String name : List.of("%", "mod")) {
      table.add(name + types, (r, i, a) -> r.longs[i] = remainder(a[0].longs[i], a[1].longs[i]));
    }
  }

  /** {@code value} when it is in the type's range. */
  public static long inRange(long value, SqlType type) {
    if (value != (int) value && type != SqlType.BIGINT
        || value != (short) value && type == SqlType.SMALLINT) {
      throw outOfRange(type);
    }
    return value;
  }

  public static DistDbException outOfRange(SqlType type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, type.sqlName() + " out of range");
  }

  public static DistDbException divisionByZero() {
    return new DistDbException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
  }

  public static long add(long left, long right, SqlType type) {
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
