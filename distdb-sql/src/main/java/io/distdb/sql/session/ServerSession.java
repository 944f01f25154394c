// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.sql.execute.CopyClient;
import io.distdb.sql.function.Environment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A session as a server that speaks PostgreSQL's protocol needs it, for what the protocol has and
 * SQL has not. Only a database in this JVM has such sessions; a {@link Session} may be far away.
 */
public interface ServerSession extends Session {
  @Override
  default ServerPrepared prepare(String sql) {
    return prepare(sql, List.of());
  }

  /**
   * As {@link #prepare(String)}. In a block that has failed only what ends it can be prepared
   * ({@code IN_FAILED_TRANSACTION}).
   *
   * @param declaredTypes of the first parameters; for those that are null, and for those beyond,
   *     the place where they stand decides
   */
  ServerPrepared prepare(String sql, List<SqlType> declaredTypes);

  /** The prepared statements that have names. */
  ServerStatements statements();

  /** The cursors. */
  ServerCursors cursors();

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

  /** The number of this session among all of the server's, PostgreSQL's process id; positive. */
  int processId();

  /**
   * The client is to say what comes next: until {@link #endIdle} nobody calls the session. Another
   * thread may end it now: it rolls back at once then. So do the time-outs of idle sessions, which
   * are for sessions that say when they are idle.
   *
   * @throws DistDbException the session is ended already
   */
  void beginIdle();

  /**
   * The client has said something. Harmless when the session is not idle.
   *
   * @throws DistDbException the session was ended meanwhile: {@code SHUTTING_DOWN}, {@code
   *     IDLE_IN_TRANSACTION_TIMEOUT}, {@code IDLE_SESSION_TIMEOUT}
   */
  void endIdle();

  /**
   * Sets who is told, by any thread and within the other session's commit, that {@link
   * #takeNotifications} has something to give: what it does must be short.
   */
  void onNotification(Runnable listener);

  /**
   * What NOTIFY told the session since the last call, in order. Any thread. Who does not ask keeps
   * others from notifying, in the end.
   */
  List<Notification> takeNotifications();

  /**
   * Sets who is told that the session is ended from outside, by pg_terminate_backend or a time-out:
   * once, by any thread, with what the client is to be told. If the session was idle it has let
   * everything go already; else its statement is being canceled, and whatever is called next fails
   * with the same error. {@link #close} is still to be called.
   */
  void onTermination(Consumer<DistDbException> listener);

  /**
   * Says that something between the statements has failed, such as a client's message: a block that
   * is open is {@link TransactionStatus#FAILED} now.
   */
  void fail();

  /** Says with whom COPY FROM STDIN and COPY TO STDOUT are from now on, in any statement. */
  void copyWith(CopyClient client);

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
   * Says where the client is, for {@code pg_stat_activity}.
   *
   * @param client null: within this process
   */
  void connectedFrom(InetSocketAddress client);

  /** What reading a value from text asks: the time zone, the present. */
  Environment environment();
}
