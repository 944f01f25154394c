// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/**
 * The rows of a query, one at a time, for whoever hands them to a user. Columns count from 0.
 * Getters answer for a column of their type that is not NULL.
 */
public interface RowSource {
  boolean next();

  boolean isNull(int column);

  /** A BOOLEAN (0 or 1), a whole number, a date or time but INTERVAL. */
  long getLong(int column);

  /** A REAL or DOUBLE PRECISION. */
  double getDouble(int column);

  /** A TEXT, VARCHAR or CHAR. */
  String getText(int column);

  /** A NUMERIC, BYTEA, INTERVAL, UUID or array, as {@link Vector} holds it. */
  Object getObject(int column);

  /** May be called twice. */
  void close();
}
