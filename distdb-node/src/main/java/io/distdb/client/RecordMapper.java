// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;

/**
 * Rows as records: a component takes the column of its name, {@code unitPrice} that of {@code
 * unit_price}. Columns without a component are left aside.
 */
final class RecordMapper<T> {
  private final Constructor<T> constructor;
  private final int[] columns;
  private final Class<?>[] types;

  /**
   * @throws DistDbException {@code UNDEFINED_COLUMN}: a component has no column; {@code
   *     INVALID_PARAMETER_VALUE}: {@code type} is no record that can be made
   */
  RecordMapper(Class<T> type, Row row) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, type.getName() + " is not a record");
    }
    types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    columns =
        Arrays.stream(components)
            .mapToInt(component -> row.column(columnName(component.getName())))
            .toArray();
    try {
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "cannot make records of " + type.getName() + ": " + closed.getMessage(),
          closed);
    }
  }

  /** {@code unitPrice} is {@code unit_price}. */
  static String columnName(String component) {
    return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  T map(Row row) {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = convert(row.get(columns[i]), types[i], columns[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(refused.getCause());
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * @throws DistDbException {@code CANNOT_COERCE}; {@code NUMERIC_VALUE_OUT_OF_RANGE}
   */
  static Object convert(Object value, Class<?> wanted, int column) {
    if (value == null) {
      if (wanted.isPrimitive()) {
        throw new DistDbException(
            ErrorCode.CANNOT_COERCE, "column " + column + " is NULL, which no " + wanted + " is");
      }
      return null;
    }
    Class<?> type = MethodType.methodType(wanted).wrap().returnType();
    if (type.isInstance(value)) {
      return value;
    }
    Object converted = value instanceof Number number ? number(number, type) : null;
    if (converted == null && value instanceof OffsetDateTime time && type == Instant.class) {
      converted = time.toInstant();
    }
    if (converted == null) {
      throw new DistDbException(
          ErrorCode.CANNOT_COERCE,
          "column "
              + column
              + " is a "
              + value.getClass().getName()
              + ", which is not read as "
              + wanted.getName());
    }
    return converted;
  }

  /** Without loss, except to the nearest double or float; null: not a number type. */
  private static Object number(Number number, Class<?> type) {
    if (type == Double.class) {
      return number.doubleValue();
    }
    if (type == Float.class) {
      return number.floatValue();
    }
    try {
      BigDecimal exact = new BigDecimal(number.toString());
      return type == BigDecimal.class
          ? exact
          : type == Long.class
              ? (Object) exact.longValueExact()
              : type == Integer.class
                  ? (Object) exact.intValueExact()
                  : type == Short.class ? (Object) exact.shortValueExact() : null;
    } catch (ArithmeticException | NumberFormatException lost) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "value " + number + " is out of range for " + type.getName(),
          lost);
    }
  }
}
