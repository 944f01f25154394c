// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.type.Value;

/**
 * A row of a {@link Result}: good until the result moves on. Columns count from 0. Of NULL the
 * getters answer 0, false or {@code null}; {@link #isNull} tells. They do not convert, except that
 * {@code getInt} and {@code getLong} read whole numbers of any width and {@code numeric} (22003
 * when the value does not fit), and {@code getDouble} reads any number.
 */
public interface Row {
  /**
   * Where the column called {@code name} is; the first when there are several.
   *
   * @throws io.distdb.api.error.DistDbException {@code UNDEFINED_COLUMN}, with the names there are
   */
  int column(String name);

  boolean isNull(int column);

  boolean getBoolean(int column);

  int getInt(int column);

  long getLong(int column);

  double getDouble(int column);

  String getString(int column);

  /** The value as SQL knows it; {@link Value#NULL} for NULL. */
  Value getValue(int column);

  /**
   * What Java has for the type: a {@link Boolean}, a boxed number, a {@link java.math.BigDecimal},
   * a {@link String}, a {@code byte[]}, a value of java.time, an {@link
   * io.distdb.api.type.Interval}, a {@link java.util.UUID}, a {@link java.util.List}, or null.
   */
  default Object get(int column) {
    return Parameters.toJava(getValue(column));
  }

  default boolean isNull(String column) {
    return isNull(column(column));
  }

  default boolean getBoolean(String column) {
    return getBoolean(column(column));
  }

  default int getInt(String column) {
    return getInt(column(column));
  }

  default long getLong(String column) {
    return getLong(column(column));
  }

  default double getDouble(String column) {
    return getDouble(column(column));
  }

  default String getString(String column) {
    return getString(column(column));
  }

  default Object get(String column) {
    return get(column(column));
  }

  /**
   * The value as a {@code type}: what {@link #get(int)} gives, or another type of number that holds
   * it, or an {@link java.time.Instant}; null for NULL.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_COERCE}, {@code
   *     NUMERIC_VALUE_OUT_OF_RANGE}
   */
  @SuppressWarnings("unchecked")
  default <T> T getObject(int column, Class<T> type) {
    return (T) RecordMapper.convert(get(column), type, column);
  }

  default <T> T getObject(String column, Class<T> type) {
    return getObject(column(column), type);
  }
}
