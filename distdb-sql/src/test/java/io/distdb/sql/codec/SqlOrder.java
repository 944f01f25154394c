// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.math.BigInteger;
import java.util.Arrays;

/** SQL's order of values, written plainly from PostgreSQL's documentation. */
final class SqlOrder {
  private SqlOrder() {}

  /** Two values of {@code type}; NULL is greatest. */
  static int compare(SqlType type, Value left, Value right) {
    if (left.equals(Value.NULL) || right.equals(Value.NULL)) {
      return Boolean.compare(left.equals(Value.NULL), right.equals(Value.NULL));
    }
    return switch (left) {
      case Value.Null none -> throw new AssertionError();
      case Value.BooleanValue v -> Boolean.compare(v.value(), ((Value.BooleanValue) right).value());
      case Value.SmallintValue v -> v.value() - ((Value.SmallintValue) right).value();
      case Value.IntegerValue v -> Integer.compare(v.value(), ((Value.IntegerValue) right).value());
      case Value.BigintValue v -> Long.compare(v.value(), ((Value.BigintValue) right).value());
      case Value.RealValue v -> floating(v.value(), ((Value.RealValue) right).value());
      case Value.DoubleValue v -> floating(v.value(), ((Value.DoubleValue) right).value());
      case Value.NumericValue v -> numeric(v.value(), ((Value.NumericValue) right).value());
      case Value.TextValue v -> text(type, v.value(), ((Value.TextValue) right).value());
      case Value.ByteaValue v ->
          Arrays.compareUnsigned(v.value().array(), ((Value.ByteaValue) right).value().array());
      case Value.DateValue v -> Integer.compare(v.value(), ((Value.DateValue) right).value());
      case Value.TimeValue v -> Long.compare(v.value(), ((Value.TimeValue) right).value());
      case Value.TimestampValue v ->
          Long.compare(v.value(), ((Value.TimestampValue) right).value());
      case Value.TimestamptzValue v ->
          Long.compare(v.value(), ((Value.TimestamptzValue) right).value());
      case Value.IntervalValue v ->
          micros(v.value()).compareTo(micros(((Value.IntervalValue) right).value()));
      case Value.UuidValue v ->
          v.value().toString().compareTo(((Value.UuidValue) right).value().toString());
      case Value.OidValue v -> Long.compare(v.value(), ((Value.OidValue) right).value());
      case Value.ReferenceValue v ->
          Long.compare(v.value().oid(), ((Value.ReferenceValue) right).value().oid());
      case Value.ArrayValue v -> array(v.value(), ((Value.ArrayValue) right).value());
      case Value.RowValue v -> throw new IllegalArgumentException("no key of a row");
    };
  }

  private static int floating(double left, double right) {
    return Double.compare(left == 0 ? 0.0 : left, right == 0 ? 0.0 : right);
  }

  private static int numeric(Numeric left, Numeric right) {
    if (left.isFinite() && right.isFinite()) {
      return left.decimal().compareTo(right.decimal());
    }
    return Double.compare(outside(left), outside(right));
  }

  private static double outside(Numeric number) {
    return number.isFinite() ? 0 : number.doubleValue();
  }

  private static int text(SqlType type, String left, String right) {
    boolean padded = type == SqlType.CHAR;
    return Arrays.compare(points(left, padded), points(right, padded));
  }

  private static int[] points(String text, boolean padded) {
    String shown = padded ? text.replaceAll(" +\\z", "") : text;
    return shown.codePoints().toArray();
  }

  private static BigInteger micros(Interval interval) {
    BigInteger days =
        BigInteger.valueOf(interval.months())
            .multiply(BigInteger.valueOf(30))
            .add(BigInteger.valueOf(interval.days()));
    return days.multiply(BigInteger.valueOf(Interval.MICROS_PER_DAY))
        .add(BigInteger.valueOf(interval.micros()));
  }

  private static int array(SqlArray left, SqlArray right) {
    int shorter = Math.min(left.elements().size(), right.elements().size());
    for (int i = 0; i < shorter; i++) {
      int order = compare(left.elementType(), left.elements().get(i), right.elements().get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = left.elements().size() - right.elements().size();
    order = order != 0 ? order : left.dimensions().size() - right.dimensions().size();
    for (int i = 0; order == 0 && i < left.dimensions().size(); i++) {
      SqlArray.Dimension a = left.dimensions().get(i);
      SqlArray.Dimension b = right.dimensions().get(i);
      order = a.length() != b.length() ? a.length() - b.length() : a.lower() - b.lower();
    }
    return order;
  }
}
