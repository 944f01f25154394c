// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session with the statements it has prepared, in the hands of one call, result or transaction at
 * a time.
 */
final class Lease {
  private static final int PREPARED_MAX = 128;

  /** Lost sessions that one call may meet: a pool may be full of those of a host that is gone. */
  private static final int SESSIONS_MAX = 100;

  private final Leases pool;
  private Session session;
  private final PreparedBySql prepared = new PreparedBySql();
  private String lastSql;
  private Prepared lastPrepared;
  private boolean inTransaction;

  Lease(Leases pool, Session session) {
    this.pool = pool;
    this.session = session;
  }

  Session session() {
    return session;
  }

  /** From here to {@link #endTransaction}, statements do not give the lease back. */
  void beginTransaction(String begin) {
    inTransaction = true;
    session.execute(begin);
  }

  void endTransaction() {
    inTransaction = false;
    release();
  }

  /**
   * Gives the session back, unless a transaction goes on with it. What SET and its kin left in it
   * is not for the next caller.
   */
  void release() {
    if (!inTransaction) {
      session.reset();
      pool.giveBack(this);
    }
  }

  /**
   * @throws DistDbException {@code CONNECTION_CLOSED}
   */
  void checkOpen() {
    pool.checkOpen();
  }

  long execute(String sql, Object[] parameters) {
    boolean done = false;
    try {
      long rows = count(run(sql, parameters));
      done = true;
      return rows;
    } finally {
      ended(done);
    }
  }

  long execute(String sql, long parameter) {
    boolean done = false;
    try {
      long rows = count(run(sql, parameter));
      done = true;
      return rows;
    } finally {
      ended(done);
    }
  }

  Result query(String sql, Object[] parameters) {
    boolean done = false;
    try {
      Result result = rows(run(sql, parameters));
      done = true;
      return result;
    } finally {
      if (!done) {
        ended(false);
      }
    }
  }

  Result query(String sql, long parameter) {
    boolean done = false;
    try {
      Result result = rows(run(sql, parameter));
      done = true;
      return result;
    } finally {
      if (!done) {
        ended(false);
      }
    }
  }

  long executeBatch(String sql, List<Object[]> runs) {
    boolean done = false;
    try {
      long rows = runBatch(sql, runs);
      done = true;
      return rows;
    } finally {
      ended(done);
    }
  }

  private long runBatch(String sql, List<Object[]> runs) {
    for (int failures = 1; ; failures++) {
      try {
        Prepared statement = prepared(sql);
        return statement.executeBatch(new BatchValues(runs, statement.parameterTypes()));
      } catch (DistDbException lost) {
        goOn(lost, failures);
      }
    }
  }

  /** Values of a batch, made when they are asked for. */
  private static final class BatchValues extends AbstractList<Value[]> {
    private final List<Object[]> runs;
    private final List<SqlType> types;

    BatchValues(List<Object[]> runs, List<SqlType> types) {
      this.runs = runs;
      this.types = types;
    }

    @Override
    public Value[] get(int run) {
      return Parameters.toValues(runs.get(run), types);
    }

    @Override
    public int size() {
      return runs.size();
    }
  }

  long copyIn(String sql, InputStream data) {
    boolean done = false;
    try {
      long rows = session.copyIn(sql, data);
      done = true;
      return rows;
    } finally {
      ended(done);
    }
  }

  long copyOut(String sql, OutputStream target) {
    boolean done = false;
    try {
      long rows = session.copyOut(sql, target);
      done = true;
      return rows;
    } finally {
      ended(done);
    }
  }

  /** Prepares ahead, so that wrong text is reported now. */
  void check(String sql) {
    boolean done = false;
    try {
      prepared(sql);
      done = true;
    } finally {
      ended(done);
    }
  }

  /**
   * A call that is a transaction of its own goes on with another session when nothing of it has
   * happened in the one that was lost.
   */
  private void goOn(DistDbException lost, int failures) {
    if (inTransaction || failures > SESSIONS_MAX || !goesOn(lost)) {
      throw lost;
    }
    Lease next = pool.take();
    session.close();
    session = next.session;
    prepared.clear();
    lastSql = null;
    lastPrepared = null;
  }

  /** Whether the session was lost, and nothing of what ended with {@code why} has happened. */
  boolean goesOn(DistDbException why) {
    return pool.goesOn(session, why);
  }

  private StatementResult run(String sql, Object[] parameters) {
    for (int failures = 1; ; failures++) {
      try {
        return runOnce(sql, parameters);
      } catch (DistDbException lost) {
        goOn(lost, failures);
      }
    }
  }

  private StatementResult runOnce(String sql, Object[] parameters) {
    if (parameters == null) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE, "the array of parameters is null")
          .withHint("One parameter that is NULL is written (Object) null.");
    }
    if (parameters.length == 0) {
      Prepared known = sql.equals(lastSql) ? lastPrepared : null;
      return known == null ? session.execute(sql) : known.execute();
    }
    Prepared statement = prepared(sql);
    return statement.execute(Parameters.toValues(parameters, statement.parameterTypes()));
  }

  private StatementResult run(String sql, long parameter) {
    for (int failures = 1; ; failures++) {
      try {
        return runOnce(sql, parameter);
      } catch (DistDbException lost) {
        goOn(lost, failures);
      }
    }
  }

  private StatementResult runOnce(String sql, long parameter) {
    Prepared statement = prepared(sql);
    List<SqlType> types = statement.parameterTypes();
    if (types.size() != 1) {
      throw Parameters.wrongNumber(1, types.size());
    }
    return statement.execute(new Value[] {Parameters.toValue(parameter, types.getFirst())});
  }

  private Prepared prepared(String sql) {
    if (sql.equals(lastSql)) {
      return lastPrepared;
    }
    Prepared statement = prepared.get(sql);
    if (statement == null) {
      statement = session.prepare(sql);
      prepared.put(sql, statement);
    }
    lastSql = sql;
    lastPrepared = statement;
    return statement;
  }

  private long count(StatementResult result) {
    return switch (result) {
      case StatementResult.Command command -> {
        refuseBlockBorders();
        yield Math.max(0, command.rows());
      }
      case StatementResult.Rows found -> {
        long count = 0;
        try (ResultRows rows = found.rows()) {
          while (rows.next()) {
            count++;
          }
        }
        yield count;
      }
    };
  }

  private Result rows(StatementResult result) {
    return switch (result) {
      case StatementResult.Rows found -> new Result(found.rows(), this);
      case StatementResult.Command command -> {
        refuseBlockBorders();
        throw new DistDbException(
                ErrorCode.WRONG_OBJECT_TYPE,
                "the statement has no rows to give; it was run: " + command.completion())
            .withHint("Use execute for statements without rows.");
      }
    };
  }

  /**
   * A block that this statement opened would swallow the statements of other callers; one that it
   * ended is not the caller's to end.
   */
  private void refuseBlockBorders() {
    boolean inBlock = session.transactionStatus() != TransactionStatus.IDLE;
    if (inBlock == inTransaction) {
      return;
    }
    if (inTransaction) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "the transaction was ended by a statement within client.transaction")
          .withHint("It commits when its body returns, and rolls back when the body throws.");
    } else {
      session.execute("ROLLBACK");
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "a transaction block cannot be opened on a Client, whose calls share sessions")
          .withHint("Use client.transaction(tx -> ...), or client.newSession() for BEGIN as SQL.");
    }
  }

  /** After a failure the session is fit for the next caller as long as no block is open. */
  private void ended(boolean done) {
    if (done || session.transactionStatus() == TransactionStatus.IDLE) {
      release();
    } else if (!inTransaction) {
      discard();
    }
  }

  /** Not for anybody else. Rolls back what is open. */
  void discard() {
    session.close();
  }

  /** Least recently used statements go first. */
  private static final class PreparedBySql extends LinkedHashMap<String, Prepared> {
    private static final long serialVersionUID = 1L;

    PreparedBySql() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Prepared> eldest) {
      if (size() <= PREPARED_MAX) {
        return false;
      }
      eldest.getValue().close();
      return true;
    }
  }
}
