// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.time.Waiter;
import io.distdb.api.type.SqlType;
import io.distdb.sql.activity.DatabaseRow;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.activity.StatementRow;
import java.util.List;
import java.util.UUID;

/** What functions may do to the session that calls them, and to others. By its thread. */
public interface SessionControl {
  /** The number of this session among all of the server's. */
  int processId();

  /**
   * Cancels what the session of that number runs.
   *
   * @return false: there is none of that number, which the user was told
   */
  boolean cancel(int processId);

  /** Ends the session of that number; else as {@link #cancel}. */
  boolean terminate(int processId);

  /** Whether there is a session of that number. */
  boolean isAlive(int processId);

  /** What all sessions of the store do. */
  List<SessionRow> sessions();

  /** Where the client of this session is; null: there is none. */
  SessionRow.Client client();

  /** When the databases were opened, in microseconds since 1970, UTC. */
  long startMicros();

  /**
   * A number that no other transaction of this store has, ever, and that later ones exceed.
   *
   * @param assign whether the transaction gets one if it has none
   * @return 0: it has none
   */
  long transactionNumber(boolean assign);

  /** What the sessions of each open database have done. */
  List<DatabaseRow> databases();

  /** Locks that are held and waited for, of the whole store. */
  List<LockRow> locks();

  /** The sessions for which the one of that number waits; none when there is no such session. */
  List<Integer> blockersOf(int processId);

  /** What the statements of this database took. */
  List<StatementRow> statements();

  /** Forgets what they took. */
  void resetStatements();

  /** A place where the session's thread may wait. */
  Waiter waiter();

  /** The monotonic clock. */
  long nanoTime();

  /**
   * What DECLARE has opened.
   *
   * @param createdMicros since 1970, UTC
   */
  record OpenCursor(
      String name,
      String statement,
      boolean holdable,
      boolean binary,
      boolean scrollable,
      long createdMicros) {}

  /**
   * What PREPARE or Parse has given a name to.
   *
   * @param madeMicros since 1970, UTC
   * @param fromSql whether PREPARE did
   * @param genericRuns with a plan for all values
   * @param customRuns with a plan for their own
   */
  record NamedPlan(
      String name,
      String statement,
      long madeMicros,
      List<SqlType> parameterTypes,
      boolean fromSql,
      long genericRuns,
      long customRuns) {}

  /** NOTIFY, at the commit. */
  void notify(String channel, String payload);

  /** How full the queues of this database's listeners are: 0 to 1. */
  double notificationUsage();

  /** Channels that the session listens to. */
  List<String> listeningChannels();

  /** The session's advisory locks. */
  AdvisoryControl advisory();

  /**
   * A name by which others can read at this statement's snapshot, until the transaction ends.
   *
   * @throws io.distdb.api.error.DistDbException {@code ACTIVE_TRANSACTION}: after a savepoint
   */
  String exportSnapshot();

  /**
   * What became of the commit that has this token: {@code committed}, {@code aborted}, or {@code
   * unknown} of one that is more than a day old. Of a commit that has not happened yet the answer
   * is that it is aborted, for ever.
   *
   * @throws io.distdb.api.error.DistDbException {@code CANNOT_CONNECT_NOW}: nobody knows now
   */
  String commitStatus(UUID token);

  /** The open cursors. */
  List<OpenCursor> cursors();

  /** The prepared statements that have names. */
  List<NamedPlan> statementsPrepared();

  /** Adds a warning to what the user is told of the statement. */
  void warn(String sqlState, String message);
}
