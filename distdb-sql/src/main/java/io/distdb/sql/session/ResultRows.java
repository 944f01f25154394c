// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.Value;
import java.util.List;

/**
 * Rows of a result, walked over once. Starts before the first row. Used by the thread that uses the
 * session. Outside a transaction block the statement's transaction ends when the last row was
 * passed or the rows are closed, so a caller that stops early must close; the session closes what
 * is left open when it ends, and a transaction block closes its own.
 *
 * <p>Columns count from 0. The typed getters do not convert, except that {@link #getInt} and {@link
 * #getLong} read whole numbers of any width and NUMERIC too (22003 when the value does not fit),
 * {@link #getDouble} reads any number and {@link #getString} every string type; of NULL they answer
 * 0, false or null.
 */
public interface ResultRows extends AutoCloseable {
  List<ResultColumn> columns();

  /**
   * Moves to the next row; false when there is none.
   *
   * @throws io.distdb.api.error.DistDbException what evaluating a later row met, such as {@code
   *     DIVISION_BY_ZERO}; the rows are closed then
   */
  boolean next();

  boolean isNull(int column);

  boolean getBoolean(int column);

  int getInt(int column);

  long getLong(int column);

  double getDouble(int column);

  String getString(int column);

  /** The value, boxed; {@link Value#NULL} for NULL. */
  Value get(int column);

  /** The value as PostgreSQL prints it, in the session's style; null for NULL. */
  String text(int column);

  /** Ends the statement. May be called twice. */
  @Override
  void close();
}
