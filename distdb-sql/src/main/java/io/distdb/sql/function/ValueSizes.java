// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * How many bytes a value takes as PostgreSQL has it in memory (its documentation, chapter 8): what
 * {@code pg_column_size} says there of a value that was computed.
 */
final class ValueSizes {
  private static final int HEADER = 4;
  private static final int NAME = 64;

  /** NUMERIC: of the number, beside that of its length. */
  private static final int NUMERIC_HEADER = 2;

  private static final int DIGITS_PER_GROUP = 4;
  private static final int ARRAY_HEADER = 16;
  private static final int DIMENSION = 8;
  private static final int ROW_HEADER = 24;

  private ValueSizes() {}

  /**
   * @param value of {@code type}
   */
  static long bytes(Value value, SqlType type) {
    return switch (value) {
      case Value.Null ignored -> 0;
      case Value.BooleanValue ignored -> 1;
      case Value.SmallintValue ignored -> Short.BYTES;
      case Value.IntegerValue ignored -> Integer.BYTES;
      case Value.BigintValue ignored -> Long.BYTES;
      case Value.RealValue ignored -> Float.BYTES;
      case Value.DoubleValue ignored -> Double.BYTES;
      case Value.NumericValue(Numeric number) -> HEADER + NUMERIC_HEADER + digits(number);
      case Value.TextValue(String text) -> text(text, type);
      case Value.ByteaValue bytes -> HEADER + bytes.value().length();
      case Value.DateValue ignored -> Integer.BYTES;
      case Value.TimeValue ignored -> Long.BYTES;
      case Value.TimestampValue ignored -> Long.BYTES;
      case Value.TimestamptzValue ignored -> Long.BYTES;
      case Value.IntervalValue ignored -> 2 * Long.BYTES;
      case Value.UuidValue ignored -> 2 * Long.BYTES;
      case Value.OidValue ignored -> Integer.BYTES;
      case Value.ReferenceValue ignored -> Integer.BYTES;
      case Value.ArrayValue(SqlArray array) -> array(array);
      case Value.RowValue(SqlRow row) -> row(row);
    };
  }

  private static long text(String text, SqlType type) {
    if (type == SqlType.Scalar.NAME) {
      return NAME;
    }
    return type == SqlType.Scalar.INTERNAL_CHAR
        ? 1
        : HEADER + text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Groups of four digits, from the point on both ways, two bytes each. */
  private static long digits(Numeric number) {
    if (!number.isFinite()) {
      return 0;
    }
    BigDecimal stripped = number.decimal().abs().stripTrailingZeros();
    if (stripped.signum() == 0) {
      return 0;
    }
    int fraction = Math.ceilDiv(Math.max(stripped.scale(), 0), DIGITS_PER_GROUP);
    BigInteger whole = stripped.movePointRight(fraction * DIGITS_PER_GROUP).toBigIntegerExact();
    String digits = whole.toString();
    int groups = Math.ceilDiv(digits.length(), DIGITS_PER_GROUP);
    int zeros = digits.length() - digits.replaceAll("0+$", "").length();
    return 2L * (groups - zeros / DIGITS_PER_GROUP);
  }

  private static long array(SqlArray array) {
    long size = ARRAY_HEADER + DIMENSION * (long) array.dimensions().size();
    for (Value element : array.elements()) {
      size = aligned(size, element, array.elementType()) + bytes(element, array.elementType());
    }
    return array.elements().isEmpty() ? ARRAY_HEADER : Math.ceilDiv(size, HEADER) * HEADER;
  }

  private static long row(SqlRow row) {
    long size = ROW_HEADER;
    for (int i = 0; i < row.values().size(); i++) {
      SqlType type = row.type().fields().get(i).type();
      size = aligned(size, row.values().get(i), type) + bytes(row.values().get(i), type);
    }
    return size;
  }

  private static long aligned(long at, Value value, SqlType type) {
    long size = bytes(value, type);
    boolean fixed =
        size == 1 || size == 2 || size == Long.BYTES && !(value instanceof Value.TextValue);
    int boundary = fixed ? (int) size : HEADER;
    return Math.ceilDiv(at, boundary) * boundary;
  }
}
