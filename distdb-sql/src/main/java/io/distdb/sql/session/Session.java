// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

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
  default Prepared prepare(String sql) {
    return prepare(sql, List.of());
  }

  /**
   * As {@link #prepare(String)}. In a block that has failed only what ends it can be prepared
   * ({@code IN_FAILED_TRANSACTION}).
   *
   * @param declaredTypes of the first parameters; for those that are null, and for those beyond,
   *     the place where they stand decides
   */
  Prepared prepare(String sql, List<SqlType> declaredTypes);

  /** Of the block that BEGIN opened: IDLE within an implicit one. */
  TransactionStatus transactionStatus();

  /**
   * Gives settings the values that RESET goes back to, as the client's startup packet names them:
   * {@code application_name}, {@code DateStyle}, those that {@link StartupOptions} finds. Before
   * the first statement.
   *
   * @throws io.distdb.api.error.DistDbException as SET would; nothing is changed then
   */
  void start(Map<String, String> initial);

  /** The value of a setting as SHOW prints it; null when there is none of that name. */
  String setting(String name);

  /**
   * Settings that a client is told without asking and whose values have changed since the last
   * call; at the first call all of them. Compares two references when nothing was set.
   */
  List<ReportedSetting> takeReported();

  /**
   * How long the client may leave the session without a statement as it stands now: {@code
   * idle_in_transaction_session_timeout} within a block, else {@code idle_session_timeout}. It is
   * the caller who measures. 0: any time.
   */
  long idleTimeoutNanos();

  /**
   * Opens an implicit block, unless a block is open: the statements of one message that has
   * several. Its statements run as between BEGIN and COMMIT, until {@link #endImplicit}. BEGIN in
   * it makes it an ordinary block; COMMIT and ROLLBACK end it, with a warning, so that this is to
   * be called before each statement. An error leaves it failed. Savepoints need BEGIN; what cannot
   * run in a block is refused with {@code ACTIVE_TRANSACTION}.
   */
  void beginImplicit();

  /**
   * As {@link #beginImplicit}, for what comes before a Sync message: its statements are a
   * transaction too, but for what needs a block (DECLARE, SET LOCAL, LOCK) there is none, and what
   * cannot run in a block (CREATE DATABASE) may come first.
   */
  void beginPipeline();

  /**
   * Commits the implicit block, or rolls it back if it failed. Does nothing when there is none, or
   * when BEGIN made it an ordinary one.
   *
   * @throws io.distdb.api.error.DistDbException as COMMIT; the block is rolled back
   */
  void endImplicit();

  /**
   * Ends the statement that runs now with {@code QUERY_CANCELED}; when none runs, does nothing. Any
   * thread.
   */
  void cancel();

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
