// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.sql.session.Notice;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.postgresql.PGNotification;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.SqlCommand;

/**
 * A session on the other side of a connection.
 *
 * <p>Rows are read {@link #FETCH_ROWS} at a time, so that a result of any size takes bounded
 * memory. The protocol keeps a cursor open within a transaction block only; so a query outside of
 * one is sent with BEGIN before it, in the same message, and COMMIT goes after its last row. That
 * costs a second round trip, which a statement with few rows does without: when it had no more than
 * {@link #FETCH_ROWS} the last time and may be repeated, it is run without a block and with a limit
 * of one row more; should it reach that, it is run again with a cursor.
 */
final class RemoteSession implements Session {
  static final int FETCH_ROWS = 1_000;
  private static final int FLAGS =
      QueryExecutor.QUERY_NO_BINARY_TRANSFER | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;
  private static final int IN_NO_NEW_BLOCK = FLAGS | QueryExecutor.QUERY_SUPPRESS_BEGIN;
  static final int ONE_SHOT = IN_NO_NEW_BLOCK | QueryExecutor.QUERY_ONESHOT;

  private final Connections connections;
  private final BaseConnection connection;
  private final QueryExecutor executor;
  private final Exchange exchange;
  private final RemoteCommit commit;
  private final OwnBlock ownBlocks;
  private final KeptStatements prepared = new KeptStatements();
  private final List<Notice> notices = new ArrayList<>(0);
  private Connection handle;
  private RemoteRows ownBlock;

  /** Rows of the last statement that are being read; null: none. */
  private volatile RemoteRows reading;

  private boolean hasTraces;
  private long block;

  RemoteSession(Connections connections, BaseConnection connection) {
    this.connections = connections;
    this.connection = connection;
    executor = connection.getQueryExecutor();
    exchange = new Exchange(executor, connections.watch());
    commit = new RemoteCommit(this, executor, connections.questions(connection));
    ownBlocks = new OwnBlock(this, connections.scheduler());
  }

  /** Until {@link #close}. */
  void givenOut(Connection by) {
    handle = by;
  }

  boolean isLost() {
    return executor.isClosed();
  }

  @Override
  public StatementResult execute(String sql) {
    checkOpen();
    Facts.Statement statement = connections.facts().of(sql);
    return run(statement, newQuery(statement.text()), null, QueryExecutor.QUERY_ONESHOT);
  }

  Query newQuery(StatementText text) {
    return executor.wrap(
        List.of(new NativeQuery(text.sql(), text.parameterPlaces(), false, SqlCommand.BLANK)));
  }

  /**
   * @param parameters null: there are none
   * @param how further flags of the driver
   */
  StatementResult run(Facts.Statement statement, Query query, ParameterList parameters, int how) {
    Exchange.checkNotInterrupted(statement.text());
    endOwnBlock();
    notices.clear();
    StatementText text = statement.text();
    hasTraces |= text.leavesTraces();
    boolean idle = executorStatus() == TransactionStatus.IDLE;
    if (!text.reads()) {
      if (!idle && text.commits() && executorStatus() == TransactionStatus.IN_TRANSACTION) {
        return answered(commit.run(text));
      }
      return idle && commit.wantsBlock(text)
          ? answered(ownBlocks.commit(() -> send(text, query, parameters, 0, 0, how | FLAGS)))
          : answered(send(text, query, parameters, 0, 0, how | IN_NO_NEW_BLOCK));
    }
    if (idle && statement.isSmall() && text.isRepeatable()) {
      Answer answer = send(text, query, parameters, FETCH_ROWS + 1, 0, how | IN_NO_NEW_BLOCK);
      if (answer.rows().size() <= FETCH_ROWS) {
        return answered(answer);
      }
    }
    return runWithCursor(statement, query, parameters, how, idle);
  }

  private StatementResult runWithCursor(
      Facts.Statement statement, Query query, ParameterList parameters, int how, boolean idle) {
    int flags = how | QueryExecutor.QUERY_FORWARD_CURSOR | (idle ? FLAGS : IN_NO_NEW_BLOCK);
    boolean done = false;
    try {
      Answer answer = send(statement.text(), query, parameters, 0, FETCH_ROWS, flags);
      statement.small(answer.cursor() == null);
      done = true;
      if (idle && answer.cursor() == null) {
        command("COMMIT");
      }
      RemoteRows rows = new RemoteRows(this, answer, idle && answer.cursor() != null);
      ownBlock = rows.isInOwnBlock() ? rows : null;
      reading = rows;
      if (answer.hasRows()) {
        return new StatementResult.Rows(rows);
      }
      notices.clear();
      return answer.command();
    } finally {
      if (!done && idle) {
        rollBackQuietly();
      }
    }
  }

  private StatementResult answered(Answer answer) {
    StatementResult.Command command = answer.command();
    if (!answer.hasRows()) {
      notices.clear(); // the command has them
      return command;
    }
    boolean changed =
        command.rows() != StatementResult.Command.NO_COUNT
            && !command.tag().equals("SELECT")
            && !command.tag().equals("FETCH");
    RemoteRows rows = new RemoteRows(this, answer, false);
    reading = rows;
    return new StatementResult.Rows(
        rows, command.tag(), changed ? Optional.of(command) : Optional.empty());
  }

  Answer send(
      StatementText text,
      Query query,
      ParameterList parameters,
      int rowsMax,
      int fetchRows,
      int flags) {
    Answer answer = new Answer();
    boolean idle = executorStatus() == TransactionStatus.IDLE;
    boolean commits = idle && (flags & QueryExecutor.QUERY_SUPPRESS_BEGIN) != 0;
    commit.sees(text);
    try {
      exchange.run(
          text,
          commits,
          () -> executor.execute(query, parameters, answer, rowsMax, fetchRows, flags));
    } finally {
      notices.addAll(answer.notices());
    }
    if (executorStatus() == TransactionStatus.IDLE) {
      commit.blockEnded();
      block += idle ? 0 : 1;
    }
    return answer;
  }

  /**
   * Numbers the blocks that BEGIN opens: their rows end with them.
   *
   * @return -1 outside of one
   */
  long block() {
    return ownBlock == null && executorStatus() != TransactionStatus.IDLE ? block : -1;
  }

  /** More rows of a cursor. */
  Answer fetch(ResultCursor cursor) {
    checkOpen();
    Answer answer = new Answer();
    try {
      exchange.run(null, false, () -> executor.fetch(cursor, answer, FETCH_ROWS, false));
    } finally {
      notices.addAll(answer.notices());
    }
    return answer;
  }

  /** Runs a command of the session's own. */
  void command(String sql) {
    StatementText text = connections.facts().of(sql).text();
    if (text.commits() && executorStatus() == TransactionStatus.IN_TRANSACTION) {
      commit.run(text);
    } else {
      send(text, newQuery(text), null, 0, 0, ONE_SHOT);
    }
  }

  void rollBackQuietly() {
    try {
      if (!isLost() && executorStatus() != TransactionStatus.IDLE) {
        command("ROLLBACK");
      }
    } catch (DistDbException lost) {
      // the error that led here is the one to be told; close() looks at the connection
    }
  }

  /** The last row was read, or nobody wants it; what the query did by its functions is kept. */
  void endOwnBlock(RemoteRows rows) {
    if (ownBlock == rows) {
      ownBlock = null;
      if (!isLost()) {
        command(executorStatus() == TransactionStatus.FAILED ? "ROLLBACK" : "COMMIT");
      }
    }
  }

  /** Rows that are still to be read go into memory, for another statement needs the session. */
  private void endOwnBlock() {
    if (ownBlock != null) {
      ownBlock.readAll();
    }
  }

  @Override
  public long copyIn(String sql, InputStream data) {
    return copy(sql, () -> connection.getCopyAPI().copyIn(sql, data));
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return copy(
        sql,
        () -> {
          long rows = connection.getCopyAPI().copyOut(sql, target);
          target.flush();
          return rows;
        });
  }

  private long copy(String sql, RemoteCopy copy) {
    checkOpen();
    StatementText text = connections.facts().of(sql).text();
    Exchange.checkNotInterrupted(text);
    endOwnBlock();
    boolean idle = executorStatus() == TransactionStatus.IDLE;
    commit.sees(text);
    return idle && commit.wantsBlock(text)
        ? ownBlocks.around(() -> RemoteCopy.run(copy, text, false, exchange))
        : RemoteCopy.run(copy, text, idle, exchange);
  }

  @Override
  public Prepared prepare(String sql) {
    checkOpen();
    RemotePrepared known = prepared.get(sql);
    if (known == null) {
      Facts.Statement statement = connections.facts().of(sql);
      known = new RemotePrepared(this, statement, newQuery(statement.text()));
      known.describe();
      prepared.put(sql, known);
    }
    return known;
  }

  /**
   * All runs in one transaction, sent in as few messages as the driver dares.
   *
   * @param runs one list of parameters each
   */
  long runBatch(StatementText text, List<ParameterTexts> runs) {
    Exchange.checkNotInterrupted(text);
    endOwnBlock();
    LongSupplier run = () -> BatchRun.all(this, executor, text, runs);
    return executorStatus() == TransactionStatus.IDLE ? ownBlocks.around(run) : run.getAsLong();
  }

  /** Of a connection that is lost the server has ended what was open. */
  private TransactionStatus executorStatus() {
    if (isLost()) {
      return TransactionStatus.IDLE;
    }
    return switch (executor.getTransactionState()) {
      case IDLE -> TransactionStatus.IDLE;
      case OPEN -> TransactionStatus.IN_TRANSACTION;
      case FAILED -> TransactionStatus.FAILED;
    };
  }

  @Override
  public TransactionStatus transactionStatus() {
    return ownBlock != null ? TransactionStatus.IDLE : executorStatus();
  }

  /** Also between two fetches: rows that are being read end with the error. */
  @Override
  public void cancel() {
    RemoteRows rows = reading;
    if (rows != null) {
      rows.cancel();
    }
    exchange.cancel();
  }

  /** They were read, or given up. */
  void read(RemoteRows rows) {
    if (reading == rows) {
      reading = null;
    }
  }

  @Override
  public List<Notice> takeNotices() {
    List<Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** Those that came with the answers to statements. */
  List<Notification> takeNotifications() {
    List<Notification> taken = new ArrayList<>();
    try {
      for (PGNotification one : executor.getNotifications()) {
        taken.add(new Notification(one.getPID(), one.getName(), one.getParameter()));
      }
      return taken;
    } catch (SQLException lost) {
      throw RemoteErrors.of(lost);
    }
  }

  @Override
  public void reset() {
    if (isLost()) {
      return;
    }
    endOwnBlock();
    if (executorStatus() != TransactionStatus.IDLE) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION, "a session within a transaction block is not reset");
    }
    if (hasTraces) {
      command("DISCARD ALL");
      command(Connections.FIRST_STATEMENT);
      hasTraces = false;
    }
  }

  private void checkOpen() {
    if (handle == null) {
      throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the session is closed");
    }
  }

  @Override
  public void close() {
    if (handle == null) {
      return;
    }
    Connection given = handle;
    boolean fit = false;
    try {
      if (ownBlock != null) {
        ownBlock.close();
      }
      rollBackQuietly();
      reset();
      fit = !isLost() && !exchange.isCancelPending();
    } catch (DistDbException unfit) {
      // an answer to what was left open; the connection is given up with it
    } finally {
      handle = null;
      if (fit) {
        connections.giveBack(given);
      } else {
        connections.discard(given, connection);
      }
    }
  }

  /** What tells how old an answer is. */
  Clock clock() {
    return connections.watch().clock();
  }
}
