// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.type.Value;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.activity.Secrets;
import io.distdb.sql.activity.SessionCounts;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.activity.SlowStatements;
import io.distdb.sql.activity.StatementMetrics;
import io.distdb.sql.activity.StatementTotals;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.setting.SettingValues;
import java.net.InetSocketAddress;
import java.time.ZoneOffset;

/**
 * What a session does, for those who look at it, and how long its statements take.
 *
 * <p>Design: the session's thread writes plain fields and nobody waits for it: a statement costs
 * two writes, and when its time is wanted (a server's session, or {@code
 * log_min_duration_statement}) two looks at the clock more. Other threads read whenever they like,
 * and may see a moment that never was; nothing depends on it.
 */
final class SessionActivity {
  private static final int QUERY_CHARACTERS_MAX = 1_024;

  /** Of a text whose secrets are still to be masked. */
  private static final int TEXT_CHARACTERS_MAX = 2 * QUERY_CHARACTERS_MAX;

  private final LocalSession session;
  private final Clock clock;
  private final long startMicros;
  private final SessionCounts counts = new SessionCounts();
  private volatile SessionRow.Client client;
  private String text = "";
  private long queryNanos;
  private long stateNanos;
  private int depth;

  SessionActivity(LocalSession session, Clock clock) {
    this.session = session;
    this.clock = clock;
    startMicros = clock.wallMicros();
  }

  /** When it began, in microseconds since 1970-01-01 UTC. */
  long startMicros() {
    return startMicros;
  }

  SessionCounts counts() {
    return counts;
  }

  /**
   * @param from null: within this process
   */
  void client(InetSocketAddress from) {
    client =
        from == null
            ? new SessionRow.Client(null, -1)
            : new SessionRow.Client(from.getAddress().getHostAddress(), from.getPort());
  }

  /** Null: it has none. */
  SessionRow.Client client() {
    return client;
  }

  /** What comes next is the statement of this text. */
  void text(String sql) {
    text = sql;
  }

  String text() {
    return text;
  }

  /** The client is waited for: nothing is kept of its last statement but what may be shown. */
  void beginIdle() {
    if (session.block() == null) {
      session.environment().letGo();
    }
    session.finder().letGo();
    if (text.length() > TEXT_CHARACTERS_MAX) {
      text = text.substring(0, TEXT_CHARACTERS_MAX);
    }
  }

  /**
   * A statement begins.
   *
   * @return now, or 0 when its time is not wanted
   */
  long begin() {
    depth++;
    if (!session.settings().values().measuresStatements()) {
      return 0;
    }
    long now = clock.nanoTime();
    if (depth == 1) {
      queryNanos = now;
      stateNanos = now;
    }
    return now;
  }

  /**
   * It has run, though its rows may still be read.
   *
   * @param began what {@link #begin} returned
   * @param result null: it failed
   * @param streaming null, or what holds on until the rows are read
   */
  void end(
      CachedStatement statement,
      Arguments arguments,
      long began,
      StatementResult result,
      RunningStatement streaming) {
    depth--;
    StatementTotals totals = result == null || began == 0 ? null : totals(statement);
    switch (result) {
      case null -> {
        // it failed
      }
      case StatementResult.Command command -> {
        if (totals != null) {
          totals.addRows(command.rows());
        }
      }
      case StatementResult.Rows rows when rows.rows() instanceof CursorRows cursor ->
          cursor.countBy(counts, totals);
      case StatementResult.Rows other -> {
        // rows of a cursor, which are counted where they are fetched
      }
    }
    if (began == 0) {
      return;
    }
    if (streaming != null) {
      streaming.measure(began, totals, text, arguments, statement.kind());
      return;
    }
    finish(began, totals, text, arguments, statement.kind());
  }

  /** Its rows were read or closed. */
  void endStreaming(RunningStatement streamed) {
    if (streamed.began() != 0) {
      finish(
          streamed.began(),
          streamed.totals(),
          streamed.text(),
          streamed.arguments(),
          streamed.kind());
    }
  }

  private void finish(
      long began,
      StatementTotals totals,
      String sql,
      Arguments arguments,
      StatementMetrics.Kind kind) {
    long now = clock.nanoTime();
    stateNanos = now;
    counts.active(now - began);
    session.database().databases().statementMetrics().add(kind, now - began);
    if (totals != null) {
      totals.addRun(now - began);
    }
    long slow = session.settings().values().slowStatementNanos();
    if (slow >= 0 && now - began >= slow) {
      log(now - began, sql, arguments);
    }
  }

  private StatementTotals totals(CachedStatement statement) {
    return session.settings().values().tracksStatements() && !statement.isExecute()
        ? statement.totals(session.database().statistics(), text)
        : null;
  }

  private void log(long nanos, String sql, Arguments arguments) {
    SettingValues values = session.settings().values();
    SlowStatements.log(
        nanos,
        session.database().name(),
        values.find(SettingValues.SESSION_AUTHORIZATION),
        values.find(SettingValues.APPLICATION_NAME),
        sql,
        values.parameterLengthMax() != 0 && arguments instanceof Arguments.Given given
            ? parameters(given, values.parameterLengthMax())
            : "");
  }

  private static String parameters(Arguments.Given given, int lengthMax) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < given.values().length; i++) {
      String shown = "NULL";
      if (!given.values()[i].equals(Value.NULL)) {
        String whole = TypeOutput.text(given.values()[i], ZoneOffset.UTC);
        boolean cut = lengthMax > 0 && whole.length() > lengthMax;
        shown = "'" + (cut ? whole.substring(0, lengthMax) + "..." : whole) + "'";
      }
      all.append(i == 0 ? "" : ", ").append('$').append(i + 1).append(" = ").append(shown);
    }
    return all.toString();
  }

  // --- any thread ---

  SessionRow row() {
    SettingValues values = session.settings().values();
    TransactionBlock block = session.block();
    boolean active = depth > 0 || session.runner().current().isActive();
    SessionRow.State state =
        active
            ? SessionRow.State.ACTIVE
            : block == null
                ? SessionRow.State.IDLE
                : block.failed()
                    ? SessionRow.State.IDLE_IN_FAILED_TRANSACTION
                    : SessionRow.State.IDLE_IN_TRANSACTION;
    long queryMicros = wallMicros(queryNanos);
    String query = text;
    return new SessionRow(
        session.processId(),
        session.database().name(),
        values.find(SettingValues.SESSION_AUTHORIZATION),
        values.find(SettingValues.APPLICATION_NAME),
        client,
        startMicros,
        block != null ? block.startMicros() : active ? queryMicros : 0,
        queryMicros,
        wallMicros(stateNanos),
        state,
        waitEvent(active),
        shortened(Secrets.masked(query)));
  }

  private SessionRow.WaitEvent waitEvent(boolean active) {
    if (!active) {
      return SessionRow.WaitEvent.CLIENT_READ;
    }
    LockRow locked = session.actions().waits().row();
    if (locked != null) {
      return SessionRow.WaitEvent.lock(locked.type());
    }
    boolean advisory = session.database().advisory().isWaiting(session.processId());
    return advisory ? SessionRow.WaitEvent.lock("advisory") : null;
  }

  private static String shortened(String query) {
    return query.length() <= QUERY_CHARACTERS_MAX
        ? query
        : query.substring(0, QUERY_CHARACTERS_MAX);
  }

  private long wallMicros(long nanos) {
    return nanos == 0 ? 0 : clock.wallMicros() - (clock.nanoTime() - nanos) / 1_000;
  }
}
