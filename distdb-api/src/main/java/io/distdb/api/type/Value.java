// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import io.distdb.api.Bytes;
import java.util.Objects;
import java.util.UUID;

/** One SQL value: a literal, a parameter, a result. Immutable. */
public sealed interface Value {
  /** The value's type; NULL has none of its own and answers {@code null}. */
  SqlType type();

  /** NULL of any type. */
  record Null() implements Value {
    @Override
    public SqlType type() {
      return null;
    }
  }

  record BooleanValue(boolean value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.BOOLEAN;
    }
  }

  record SmallintValue(short value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.SMALLINT;
    }
  }

  record IntegerValue(int value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.INTEGER;
    }
  }

  record BigintValue(long value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.BIGINT;
    }
  }

  record RealValue(float value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.REAL;
    }
  }

  record DoubleValue(double value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.DOUBLE_PRECISION;
    }
  }

  /** Equal to another when SQL says so: 1.5 is 1.50. */
  record NumericValue(Numeric value) implements Value {
    public NumericValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.NUMERIC;
    }
  }

  /**
   * Of TEXT, VARCHAR or CHAR, NAME, "char" or a type of the catalog that is a text; says TEXT. A
   * CHAR has its blanks.
   */
  record TextValue(String value) implements Value {
    public TextValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.TEXT;
    }
  }

  record ByteaValue(Bytes value) implements Value {
    public ByteaValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.BYTEA;
    }
  }

  /** Days since 1970-01-01; the least and the greatest int are infinities. */
  record DateValue(int value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.DATE;
    }
  }

  /** Microseconds since midnight, 24:00:00 included. */
  record TimeValue(long value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.TIME;
    }
  }

  /** Microseconds since 1970-01-01 00:00; the least and the greatest long are infinities. */
  record TimestampValue(long value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.TIMESTAMP;
    }
  }

  /** Microseconds since 1970-01-01 00:00 UTC; the least and the greatest long are infinities. */
  record TimestamptzValue(long value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.TIMESTAMPTZ;
    }
  }

  record IntervalValue(Interval value) implements Value {
    public IntervalValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.INTERVAL;
    }
  }

  record UuidValue(UUID value) implements Value {
    public UuidValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.UUID;
    }
  }

  /**
   * @param type OID or XID
   * @param value 0 to 2^32 - 1
   */
  record OidValue(SqlType.Scalar type, long value) implements Value {
    public OidValue {
      Objects.requireNonNull(type, "type");
    }
  }

  /** Of REGCLASS, REGTYPE and their like. */
  record ReferenceValue(CatalogReference value) implements Value {
    public ReferenceValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return value.type();
    }
  }

  record ArrayValue(SqlArray value) implements Value {
    public ArrayValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return new SqlType.Array(value.elementType(), value.vector());
    }
  }

  record RowValue(SqlRow value) implements Value {
    public RowValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return value.type();
    }
  }

  Value NULL = new Null();
  Value TRUE = new BooleanValue(true);
  Value FALSE = new BooleanValue(false);

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Value of(int value) {
    return new IntegerValue(value);
  }

  static Value of(long value) {
    return new BigintValue(value);
  }

  static Value of(double value) {
    return new DoubleValue(value);
  }

  static Value oid(long value) {
    return new OidValue(SqlType.Scalar.OID, value);
  }

  static Value of(Numeric value) {
    return new NumericValue(value);
  }

  static Value of(String value) {
    return value == null ? NULL : new TextValue(value);
  }
}
