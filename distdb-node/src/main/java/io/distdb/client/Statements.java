// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * What runs SQL: a {@link Client}, each call a transaction of its own, or a {@link Tx}, all calls
 * one transaction.
 *
 * <p>Parameters stand for {@code $1}, {@code $2}, … and are Java values: {@code null}, {@link
 * Boolean}, whole numbers, {@link Double}, {@link Float}, {@link CharSequence}, or {@link
 * io.distdb.api.type.Value}. A whole number is taken for any numeric parameter whose range it fits.
 *
 * <p>Errors are {@link io.distdb.api.error.DistDbException}s; a statement that fails changed
 * nothing, unless the code is {@code COMMIT_OUTCOME_UNKNOWN}.
 */
public interface Statements {
  /**
   * Runs a statement to its end.
   *
   * @return rows inserted, updated or deleted; rows read, for a statement that has some; 0 for one
   *     that counts none
   */
  long execute(String sql, Object... parameters);

  /**
   * Runs a statement that has rows. Close the result, or read it to its end: until then it keeps
   * its snapshot.
   *
   * @throws io.distdb.api.error.DistDbException {@code WRONG_OBJECT_TYPE}: the statement has no
   *     rows to give (it was run)
   */
  Result query(String sql, Object... parameters);

  /**
   * A statement to be run many times. Wrong text is reported here, not at the first run.
   *
   * @throws io.distdb.api.error.DistDbException as {@link #query}
   */
  PreparedStatement prepare(String sql);

  /**
   * Runs {@code COPY … FROM STDIN} with the bytes of {@code data}, which are read to their end; the
   * caller closes it. All rows come in, or none.
   *
   * @return rows inserted
   * @throws io.distdb.api.error.DistDbException with the line and column of what is wrong as its
   *     context
   */
  long copyIn(String sql, InputStream data);

  /**
   * Runs {@code COPY … TO STDOUT}; {@code target} is flushed, the caller closes it.
   *
   * @return rows written
   */
  long copyOut(String sql, OutputStream target);
}
