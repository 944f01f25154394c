// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.TypeInput;
import java.util.List;

/** Conversions between types, with PostgreSQL's results and messages. */
final class CastKernels {
  private CastKernels() {}

  static Kernel of(int register, SqlType from, SqlType to, Kernel operand) {
    if (from.equals(SqlType.INTEGER) && to.equals(SqlType.BIGINT)) {
      return operand;
    }
    RowFunction code = find(from, to);
    Invariant.check(code != null, "no cast from %s to %s", from.sqlName(), to.sqlName());
    return new StrictKernel(register, to, List.of(operand), code);
  }

  private static RowFunction find(SqlType from, SqlType to) {
    SqlType.Scalar source =
        switch (from) {
          case SqlType.Scalar scalar -> scalar;
        };
    SqlType.Scalar target =
        switch (to) {
          case SqlType.Scalar scalar -> scalar;
        };
    return switch (target) {
      case BOOLEAN -> toBoolean(source);
      case INTEGER, BIGINT -> toInteger(source, target == SqlType.Scalar.BIGINT);
      case DOUBLE_PRECISION -> toDouble(source);
      case TEXT -> (result, row, args) -> result.texts[row] = text(args[0], row);
    };
  }

  private static RowFunction toBoolean(SqlType.Scalar source) {
    return switch (source) {
      case BOOLEAN, INTEGER, BIGINT ->
          (result, row, args) -> result.longs[row] = args[0].longs[row] != 0 ? 1 : 0;
      case DOUBLE_PRECISION -> null;
      case TEXT ->
          (result, row, args) ->
              result.longs[row] = TypeInput.readBoolean(args[0].texts[row]) ? 1 : 0;
    };
  }

  private static RowFunction toInteger(SqlType.Scalar source, boolean big) {
    return switch (source) {
      case BOOLEAN, INTEGER, BIGINT ->
          (result, row, args) ->
              result.longs[row] = IntegerFunctions.inRange(args[0].longs[row], big);
      case DOUBLE_PRECISION ->
          (result, row, args) -> result.longs[row] = round(args[0].doubles[row], big);
      case TEXT ->
          (result, row, args) ->
              result.longs[row] =
                  big
                      ? TypeInput.readBigint(args[0].texts[row])
                      : TypeInput.readInteger(args[0].texts[row]);
    };
  }

  private static RowFunction toDouble(SqlType.Scalar source) {
    return switch (source) {
      case BOOLEAN -> null;
      case INTEGER, BIGINT -> (result, row, args) -> result.doubles[row] = args[0].longs[row];
      case DOUBLE_PRECISION -> (result, row, args) -> result.doubles[row] = args[0].doubles[row];
      case TEXT ->
          (result, row, args) -> result.doubles[row] = TypeInput.readDouble(args[0].texts[row]);
    };
  }

  /** To the nearest, halves to even; 22003 beyond the type's range. */
  private static long round(double value, boolean big) {
    double rounded = Math.rint(value);
    boolean inRange =
        big
            ? rounded >= -0x1p63 && rounded < 0x1p63
            : rounded >= Integer.MIN_VALUE && rounded <= Integer.MAX_VALUE;
    if (!inRange) {
      throw IntegerFunctions.outOfRange(big);
    }
    return (long) rounded;
  }

  private static String text(Vector value, int row) {
    return switch (value.type) {
      case BOOLEAN -> value.longs[row] != 0 ? "true" : "false";
      case INTEGER, BIGINT -> Long.toString(value.longs[row]);
      case DOUBLE_PRECISION -> DoubleText.of(value.doubles[row]);
      case TEXT -> value.texts[row];
    };
  }
}
