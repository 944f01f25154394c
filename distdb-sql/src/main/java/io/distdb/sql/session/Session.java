// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * One conversation with a database: transaction block, settings, prepared statements. Used by one
 * thread at a time; {@link #cancel} by any.
 */
public interface Session extends AutoCloseable {
  /**
   * Executes one statement (a trailing semicolon is allowed; scripts are split first).
   *
   * <p>Outside a transaction block it is a transaction of its own, retried invisibly while it fails
   * with {@code SERIALIZATION_FAILURE} or {@code DEADLOCK_DETECTED}, until {@code
   * statement_timeout}. Inside one, an error leaves the block {@link TransactionStatus#FAILED}.
   *
   * @throws io.distdb.api.error.DistDbException the statement failed and changed nothing; only
   *     {@code COMMIT_OUTCOME_UNKNOWN} leaves open whether it did
   */
  StatementResult execute(String sql);

  /**
   * Executes {@code COPY … FROM STDIN} with the bytes of {@code data}, which it reads to their end
   * and does not close; all rows or none. Not repeated by itself once it has begun to read.
   *
   * @return rows inserted
   * @throws io.distdb.api.error.DistDbException as {@link #execute}, with the line and column of
   *     what is wrong as its context; {@code WRONG_OBJECT_TYPE}: another statement
   */
  long copyIn(String sql, InputStream data);

  /**
   * Executes {@code COPY … TO STDOUT} into {@code target}, which it flushes and does not close.
   *
   * @return rows written
   * @throws io.distdb.api.error.DistDbException as {@link #execute}; some rows may be written then
   */
  long copyOut(String sql, OutputStream target);

  /**
   * Parses, analyzes and plans one statement with parameters {@code $1}, {@code $2}, ….
   *
   * @throws io.distdb.api.error.DistDbException as {@link #execute} for text that is wrong
   */
  Prepared prepare(String sql);

  TransactionStatus transactionStatus();

  /**
   * Ends the statement that runs now with {@code QUERY_CANCELED}; when none runs, does nothing. Any
   * thread.
   */
  void cancel();

  /** Rolls back what is open and closes results and prepared statements. May be called twice. */
  @Override
  void close();
}
