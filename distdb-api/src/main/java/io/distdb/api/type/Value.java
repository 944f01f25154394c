// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.Objects;

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

  record DoubleValue(double value) implements Value {
    @Override
    public SqlType type() {
      return SqlType.DOUBLE_PRECISION;
    }
  }

  record TextValue(String value) implements Value {
    public TextValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public SqlType type() {
      return SqlType.TEXT;
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

  static Value of(String value) {
    return value == null ? NULL : new TextValue(value);
  }
}
