// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

/**
 * The cells of a present row, as they are kept: nothing is converted or checked. Columns count from
 * 0. Getters answer for a column of their type that is not NULL.
 */
public interface RowCells {
  boolean isNull(int column);

  /** A BOOLEAN (0 or 1), a whole number, a date or time but INTERVAL. */
  long getLong(int column);

  /** A REAL or DOUBLE PRECISION. */
  double getDouble(int column);

  /** A TEXT, VARCHAR or CHAR. */
  String getText(int column);

  /** A NUMERIC, BYTEA, INTERVAL, UUID or array, as {@link io.distdb.sql.vector.Vector} holds it. */
  Object getObject(int column);

  /** Appends a TEXT, VARCHAR or CHAR. */
  default void putText(int column, ByteOutput target) {
    target.putUtf8(getText(column));
  }
}
