// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.DoubleFunctions;
import io.distdb.sql.function.IntegerFunctions;
import io.distdb.sql.function.RowFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Casts among BOOLEAN and the numbers. */
final class NumberCasts {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private NumberCasts() {}

  /** The cast between types without modifiers, or null when there is none of this family. */
  static RowFunction find(SqlType from, SqlType to) {
    if (to == SqlType.BOOLEAN) {
      return from == SqlType.INTEGER
          ? (result, row, args) -> result.longs[row] = args[0].longs[row] != 0 ? 1 : 0
          : null;
    }
    if (to == SqlType.SMALLINT || to == SqlType.INTEGER || to == SqlType.BIGINT) {
      return toWhole(from, to);
    }
    if (to == SqlType.REAL) {
      return toReal(from);
    }
    if (to == SqlType.DOUBLE_PRECISION) {
      return toDouble(from);
    }
    return to == SqlType.NUMERIC ? toNumeric(from) : null;
  }

  private static boolean isWhole(SqlType type) {
    return type == SqlType.SMALLINT || type == SqlType.INTEGER || type == SqlType.BIGINT;
  }

  private static boolean isFloating(SqlType type) {
    return type == SqlType.REAL || type == SqlType.DOUBLE_PRECISION;
  }

  private static RowFunction toWhole(SqlType from, SqlType to) {
    if (isWhole(from) || from == SqlType.BOOLEAN && to == SqlType.INTEGER) {
      return (result, row, args) ->
          result.longs[row] = IntegerFunctions.inRange(args[0].longs[row], to);
    }
    if (isFloating(from)) {
      return (result, row, args) -> result.longs[row] = round(args[0].doubles[row], to);
    }
    return from == SqlType.NUMERIC
        ? (result, row, args) -> result.longs[row] = round((Numeric) args[0].objects[row], to)
        : null;
  }

  /** To the nearest, halves to even; 22003 beyond the type's range. */
  private static long round(double value, SqlType to) {
    double rounded = Math.rint(value);
    if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
      throw IntegerFunctions.outOfRange(to);
    }
    return IntegerFunctions.inRange((long) rounded, to);
  }

  /** To the nearest, halves away from zero. */
  static long round(Numeric value, SqlType to) {
    if (!value.isFinite()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "cannot convert " + (value.isNaN() ? "NaN" : "infinity") + " to " + to.sqlName());
    }
    BigDecimal decimal = value.decimal();
    if (decimal.precision() - decimal.scale() > 20) {
      throw IntegerFunctions.outOfRange(to);
    }
    BigInteger rounded = decimal.setScale(0, RoundingMode.HALF_UP).unscaledValue();
    if (rounded.compareTo(LONG_MIN) < 0 || rounded.compareTo(LONG_MAX) > 0) {
      throw IntegerFunctions.outOfRange(to);
    }
    return IntegerFunctions.inRange(rounded.longValue(), to);
  }

  private static RowFunction toReal(SqlType from) {
    if (isWhole(from)) {
      return (result, row, args) -> result.doubles[row] = (float) args[0].longs[row];
    }
    if (from == SqlType.DOUBLE_PRECISION) {
      return (result, row, args) ->
          result.doubles[row] = DoubleFunctions.real(args[0].doubles[row]);
    }
    return from == SqlType.NUMERIC
        ? (result, row, args) -> {
          Numeric number = (Numeric) args[0].objects[row];
          float value =
              number.isFinite() ? number.decimal().floatValue() : (float) number.doubleValue();
          result.doubles[row] = inRange(value, number, SqlType.REAL);
        }
        : null;
  }

  private static RowFunction toDouble(SqlType from) {
    if (isWhole(from)) {
      return (result, row, args) -> result.doubles[row] = args[0].longs[row];
    }
    if (from == SqlType.REAL) {
      return (result, row, args) -> result.doubles[row] = args[0].doubles[row];
    }
    return from == SqlType.NUMERIC
        ? (result, row, args) -> {
          Numeric number = (Numeric) args[0].objects[row];
          result.doubles[row] = inRange(number.doubleValue(), number, SqlType.DOUBLE_PRECISION);
        }
        : null;
  }

  private static double inRange(double value, Numeric number, SqlType type) {
    boolean overflow = Double.isInfinite(value) && number.isFinite();
    if (overflow || value == 0 && number.signum() != 0) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + number + "\" is out of range for type " + type.sqlName());
    }
    return value;
  }

  private static RowFunction toNumeric(SqlType from) {
    if (isWhole(from)) {
      return (result, row, args) -> result.objects[row] = Numeric.of(args[0].longs[row]);
    }
    if (from == SqlType.REAL) {
      return (result, row, args) -> result.objects[row] = Numeric.of((float) args[0].doubles[row]);
    }
    return from == SqlType.DOUBLE_PRECISION
        ? (result, row, args) -> result.objects[row] = Numeric.of(args[0].doubles[row])
        : null;
  }
}
