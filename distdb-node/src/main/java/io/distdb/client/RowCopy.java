// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.Value;
import io.distdb.sql.session.ResultColumn;
import java.util.Arrays;
import java.util.List;

/** A row by itself, good for as long as somebody has it. */
final class RowCopy implements Row {
  private final List<ResultColumn> columns;
  private final Value[] values;

  private RowCopy(List<ResultColumn> columns, Value[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** The row that {@code result} is at. */
  static RowCopy of(Result result) {
    Value[] values = new Value[result.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = result.getValue(i);
    }
    return new RowCopy(result.columns(), values);
  }

  @Override
  public int column(String name) {
    return Result.column(columns, name);
  }

  @Override
  public Value getValue(int column) {
    return values[column];
  }

  @Override
  public boolean isNull(int column) {
    return values[column].equals(Value.NULL);
  }

  @Override
  public boolean getBoolean(int column) {
    return switch (values[column]) {
      case Value.Null none -> false;
      case Value.BooleanValue(boolean truth) -> truth;
      default -> throw wrongType(column, "boolean");
    };
  }

  @Override
  public int getInt(int column) {
    long number = whole(column, "integer");
    if (number != (int) number) {
      throw doesNotFit(column, "integer");
    }
    return (int) number;
  }

  @Override
  public long getLong(int column) {
    return whole(column, "bigint");
  }

  private long whole(int column, String asked) {
    return switch (values[column]) {
      case Value.Null none -> 0;
      case Value.SmallintValue(short number) -> number;
      case Value.IntegerValue(int number) -> number;
      case Value.BigintValue(long number) -> number;
      case Value.NumericValue(Numeric number) -> whole(number, column);
      default -> throw wrongType(column, asked);
    };
  }

  private long whole(Numeric number, int column) {
    try {
      if (number.isFinite()) {
        return number.decimal().longValueExact();
      }
    } catch (ArithmeticException outside) {
      throw doesNotFit(column, "bigint");
    }
    throw doesNotFit(column, "bigint");
  }

  @Override
  public double getDouble(int column) {
    return switch (values[column]) {
      case Value.RealValue(float number) -> number;
      case Value.DoubleValue(double number) -> number;
      case Value.NumericValue(Numeric number) -> number.doubleValue();
      default -> whole(column, "double precision");
    };
  }

  @Override
  public String getString(int column) {
    return switch (values[column]) {
      case Value.Null none -> null;
      case Value.TextValue(String text) -> text;
      default -> throw wrongType(column, "text");
    };
  }

  private DistDbException doesNotFit(int column, String type) {
    return new DistDbException(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        "value "
            + JavaValues.toJava(values[column])
            + " of column \""
            + columns.get(column).name()
            + "\" is no "
            + type);
  }

  private DistDbException wrongType(int column, String asked) {
    return new DistDbException(
        ErrorCode.DATATYPE_MISMATCH,
        "column \""
            + columns.get(column).name()
            + "\" is of type "
            + columns.get(column).type().sqlName()
            + ", it is not read as "
            + asked);
  }

  @Override
  public String toString() {
    return Arrays.stream(values).map(JavaValues::toJava).toList().toString();
  }
}
