// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.util.List;

/**
 * A statement with parameters {@code $1}, {@code $2}, …, run many times. Thread-safe when it comes
 * from a {@link Client}; one that comes from a {@link Tx} belongs to its thread and ends with it.
 * Needs no closing. Stays good across schema changes.
 *
 * <p>The overloads for {@code long} box nothing.
 */
public interface PreparedStatement {
  /** The text it was made from. */
  String sql();

  /** As {@link Statements#execute}. */
  long execute(Object... parameters);

  /** As {@link #execute(Object...)}, for a statement with one numeric parameter. */
  long execute(long parameter);

  /** As {@link Statements#query}. */
  Result query(Object... parameters);

  /** As {@link #query(Object...)}, for a statement with one numeric parameter. */
  Result query(long parameter);

  /**
   * Runs an INSERT, UPDATE or DELETE once for each element of {@code runs}, in their order, as one
   * statement: all or none. Cheaper than as many calls, in a transaction or without.
   *
   * @param runs parameters; walked over again when the statement is repeated
   * @return rows inserted, updated or deleted by all of them
   * @throws io.distdb.api.error.DistDbException {@code WRONG_OBJECT_TYPE}: another statement, or
   *     one with RETURNING
   */
  long executeBatch(List<Object[]> runs);
}
