// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.List;

/**
 * A statement that was parsed once and is executed many times. Belongs to its session, and to the
 * session's thread. Stays valid across schema changes: it plans anew when its plan went stale.
 */
public interface Prepared extends AutoCloseable {
  /** Types of {@code $1}, {@code $2}, … as the statement's context decided them. */
  List<SqlType> parameterTypes();

  /** Columns of the result; empty for a statement without rows. */
  List<ResultColumn> columns();

  /**
   * Whether it may be prepared and run in a block that has failed: COMMIT, ROLLBACK, ROLLBACK TO.
   */
  boolean isTransactionExit();

  /** Whether there was no statement in the text: executing it answers {@code Command.EMPTY}. */
  boolean isEmpty();

  /**
   * Executes.
   *
   * @param parameters one for each of {@link #parameterTypes}; an integer is accepted where a wider
   *     number is asked for
   * @throws io.distdb.api.error.DistDbException {@code INVALID_PARAMETER_VALUE}: their number or a
   *     type is wrong; else as {@link Session#execute}
   */
  StatementResult execute(Value... parameters);

  /**
   * Executes an INSERT, UPDATE or DELETE once for each of {@code runs}, in their order, as one
   * statement: all or none, at one snapshot. Outside of a block it is repeated as {@link
   * Session#execute} says, so that {@code runs} may be walked over more than once.
   *
   * @return rows inserted, updated or deleted by all of them
   * @throws io.distdb.api.error.DistDbException {@code WRONG_OBJECT_TYPE}: another statement, or
   *     one with RETURNING; else as {@link #execute}
   */
  long executeBatch(List<Value[]> runs);

  /** Forgets the statement. May be called twice. */
  @Override
  void close();
}
