// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

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
   * <p>An interrupt of the thread ends a statement that waits or reads many rows with {@code
   * QUERY_CANCELED}; the thread stays interrupted.
   *
   * @throws io.distdb.api.error.DistDbException the statement failed and changed nothing; only
   *     {@code COMMIT_OUTCOME_UNKNOWN} leaves open whether it did. Too deep a recursion ({@code
   *     STATEMENT_TOO_COMPLEX}), no memory ({@code OUT_OF_MEMORY}) and faults ({@code
   *     INTERNAL_ERROR}) are errors of the statement too: the session goes on
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

  /** Of the block that BEGIN opened: IDLE within an implicit one. */
  TransactionStatus transactionStatus();

  /**
   * Ends the statement that runs now with {@code QUERY_CANCELED}; when none runs, does nothing. Any
   * thread.
   */
  void cancel();

  /**
   * What the user is to be told of the statements so far, beside a command's own notice: to be
   * asked for when the last row was read. Each is handed out once.
   */
  default List<Notice> takeNotices() {
    return List.of();
  }

  /**
   * Forgets what statements have left in the session: settings, named statements, the last numbers
   * of sequences, the seed of random(). For pools: costs next to nothing when there is none. As
   * DISCARD ALL, but that plans stay.
   *
   * @throws io.distdb.api.error.DistDbException {@code ACTIVE_TRANSACTION}: within a block
   */
  void reset();

  /** Rolls back what is open and closes results and prepared statements. May be called twice. */
  @Override
  void close();
}
