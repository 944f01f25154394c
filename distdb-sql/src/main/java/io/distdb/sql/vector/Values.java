// SPDX-License-Identifier: MIT
package io.distdb.sql.vector;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.UUID;

/** Values out of what vectors hold. */
public final class Values {
  private static final int OBJECT_BYTES = 48;

  private Values() {}

  /** The value of {@code type} that {@link Vector#longs} holds as {@code bits}. */
  public static Value of(SqlType type, long bits) {
    SqlType.Scalar scalar =
        type instanceof SqlType.Scalar bare ? bare : SqlType.scalarOf(type).orElseThrow();
    return switch (scalar) {
      case BOOLEAN -> Value.of(bits != 0);
      case SMALLINT -> new Value.SmallintValue((short) bits);
      case INTEGER -> Value.of((int) bits);
      case BIGINT -> Value.of(bits);
      case DATE -> new Value.DateValue((int) bits);
      case TIME -> new Value.TimeValue(bits);
      case TIMESTAMP -> new Value.TimestampValue(bits);
      case TIMESTAMPTZ -> new Value.TimestamptzValue(bits);
      case OID, XID -> new Value.OidValue(scalar, bits);
      case REAL, DOUBLE_PRECISION, NUMERIC, TEXT, VARCHAR, CHAR, BYTEA, INTERVAL, UUID ->
          throw Invariant.unreachable(type.sqlName() + " is no long");
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          throw Invariant.unreachable(type.sqlName() + " is no long");
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          throw Invariant.unreachable(type.sqlName() + " is no long");
      case REGNAMESPACE, REGROLE, REGCOLLATION ->
          throw Invariant.unreachable(type.sqlName() + " is no long");
    };
  }

  /** A REAL or DOUBLE PRECISION. */
  public static Value of(SqlType type, double number) {
    return type == SqlType.REAL ? new Value.RealValue((float) number) : Value.of(number);
  }

  /** What {@link Vector#objects} holds. */
  public static Value of(Object object) {
    return switch (object) {
      case Numeric v -> new Value.NumericValue(v);
      case Bytes v -> new Value.ByteaValue(v);
      case Interval v -> new Value.IntervalValue(v);
      case UUID v -> new Value.UuidValue(v);
      case CatalogReference v -> new Value.ReferenceValue(v);
      case SqlArray v -> new Value.ArrayValue(v);
      case SqlRow v -> new Value.RowValue(v);
      default -> throw Invariant.unreachable("no value of " + object.getClass());
    };
  }

  /** What a value takes, an estimate. */
  public static long heapBytes(Value value) {
    return switch (value) {
      case Value.TextValue text -> OBJECT_BYTES + text.value().length();
      case Value.ByteaValue bytes -> OBJECT_BYTES + bytes.value().length();
      case Value.ArrayValue array -> heapBytes(array.value());
      case Value.RowValue row -> heapBytes(row.value());
      default -> OBJECT_BYTES;
    };
  }

  /** What an object of {@link Vector#objects} takes, an estimate. */
  public static long heapBytes(Object object) {
    return switch (object) {
      case Bytes bytes -> OBJECT_BYTES + bytes.length();
      case SqlArray array -> OBJECT_BYTES * (1L + array.elements().size());
      case SqlRow row -> OBJECT_BYTES + row.values().stream().mapToLong(Values::heapBytes).sum();
      default -> OBJECT_BYTES;
    };
  }
}
