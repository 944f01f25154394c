// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * The rows of a query, one at a time, for whoever hands them to a user. Columns count from 0.
 * Getters answer for a column of their type that is not NULL.
 */
public interface RowSource {
  boolean next();

  boolean isNull(int column);

  /** A BOOLEAN (0 or 1), INTEGER or BIGINT. */
  long getLong(int column);

  double getDouble(int column);

  String getText(int column);

  /** May be called twice. */
  void close();
}
