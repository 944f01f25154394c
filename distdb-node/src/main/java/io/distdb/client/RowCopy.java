// SPDX-License-Identifier: MIT
package io.distdb.client;

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
      default -> throw columns.get(column).notReadAs("boolean");
    };
  }

  @Override
  public int getInt(int column) {
    return columns.get(column).asInt(whole(column, "integer"));
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
      case Value.NumericValue(Numeric number) -> columns.get(column).asLong(number);
      default -> throw columns.get(column).notReadAs(asked);
    };
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
      default -> throw columns.get(column).notReadAs("text");
    };
  }

  @Override
  public String toString() {
    return Arrays.stream(values).map(JavaValues::toJava).toList().toString();
  }
}
