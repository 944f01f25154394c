// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.execute.Cancellation;
import io.distdb.sql.execute.CopyStreams;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.KeptRuns;
import io.distdb.sql.execute.QueryMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs the statements of a session, each in the block or in a transaction of its own, which is
 * repeated after a conflict; and keeps in mind what goes on once a statement has answered: rows
 * that are still to be read. Used by the session's thread, but for what says otherwise.
 */
final class StatementRunner {
  /** A snapshot that got too old is replaced by a new one so often: that may be slow for good. */
  private static final int TOO_OLD_MAX = 10;

  private final LocalSession session;
  private final Database database;
  private final CurrentStatement current;
  private final List<CursorRows> openRows = new ArrayList<>();
  private final KeptRuns kept = new KeptRuns();
  private final StatementRun.EndOfRows endOfRowsAlone;
  private final StatementRun.EndOfRows endOfRowsInBlock;

  StatementRunner(LocalSession session) {
    this.session = session;
    database = session.database();
    current = new CurrentStatement(database.scheduler(), database.clock(), database.spill());
    endOfRowsAlone = (run, running) -> new RowEnds.Alone(session, run, running);
    endOfRowsInBlock =
        (run, running) -> new RowEnds.InBlock(session, run, running, session.block());
  }

  /** The statement that runs now. Any thread. */
  CurrentStatement current() {
    return current;
  }

  KeptRuns kept() {
    return kept;
  }

  /**
   * Runs a statement where its kind belongs: in no transaction, in one of its own, in the block.
   */
  StatementResult run(CachedStatement statement, Arguments arguments) {
    if (!statement.isTransactionExit()) {
      session.actions().advisory().check();
    }
    if (statement.isControl()) {
      return statement.ast() instanceof SessionStatement own
          ? session.statements().run(own, statement, arguments)
          : session.control().run(statement);
    }
    if (statement.temporary() != null) {
      return runTemporary(statement, arguments);
    }
    if (statement.isVacuum()) {
      session.control().blocks().requireNone("VACUUM");
    }
    if (session.block() == null && session.temporary().hasEndings() && statement.isChange()) {
      return session.control().blocks().inOwnBlock(() -> runInBlock(statement, arguments));
    }
    return session.block() == null
        ? runAlone(statement, arguments)
        : runInBlock(statement, arguments);
  }

  /** Creates a table of this session alone. */
  private StatementResult runTemporary(CachedStatement statement, Arguments arguments) {
    session.temporary().enable();
    if (session.block() == null) {
      return session.control().blocks().inOwnBlock(() -> runTemporary(statement, arguments));
    }
    StatementResult result = runInBlock(statement, arguments);
    session.temporary().created((SchemaStatement) statement.ast(), statement.temporary());
    return result;
  }

  /** To check deferred constraints of the block in. */
  Execution checkingExecution() {
    return new Execution(
        session.block().transaction(),
        new Value[0],
        new Cancellation(database.scheduler(), database.clock()),
        database.rowIds(),
        session.environment(),
        new QueryMemory(session.settings().values().queryMemoryBytes()),
        kept,
        CopyStreams.NONE);
  }

  private StatementResult runAlone(CachedStatement statement, Arguments arguments) {
    TransactionOptions options = options(statement);
    session.environment().beginTransaction();
    RunningStatement running = start();
    boolean handedOn = false;
    boolean done = false;
    int failures = 0;
    try {
      while (true) {
        Transaction transaction = database.transactions().begin(options);
        boolean retry = false;
        try {
          running.within(transaction);
          StatementRun run = new StatementRun(session, statement, arguments, transaction);
          StatementResult result = run.execute(running, endOfRowsAlone);
          handedOn = run.isStreaming();
          if (!handedOn) {
            commitAlone(transaction);
          }
          done = true;
          return result;
        } catch (DistDbException failure) {
          if (!mayRepeat(failure, ++failures)) {
            throw running.reasoned(failure);
          }
          running.cancellation().check();
          retry = true;
          session.activity().counts().failed(failure.code());
        } finally {
          if (retry || !handedOn) {
            giveUp(transaction);
          }
        }
      }
    } finally {
      if (!handedOn) {
        if (!done) {
          session.activity().counts().rolledBack();
        }
        current.end(running);
        session.environment().over();
        session.environment().endAlone(done);
      }
    }
  }

  private StatementResult runInBlock(CachedStatement statement, Arguments arguments) {
    session.block().checkNotFailed();
    session.settle();
    session.block().beginFor(statement);
    Transaction transaction = session.block().transaction();
    RunningStatement running = start();
    boolean handedOn = false;
    try {
      running.within(transaction);
      transaction.beginStatement();
      StatementRun run = new StatementRun(session, statement, arguments, transaction);
      StatementResult result = run.execute(running, endOfRowsInBlock);
      handedOn = run.isStreaming();
      return result;
    } catch (DistDbException failure) {
      throw running.reasoned(failure);
    } finally {
      if (!handedOn) {
        current.end(running);
      }
    }
  }

  /** Commits what a statement outside of a block did. */
  void commitAlone(Transaction transaction) {
    session.actions().advisory().check();
    session.channels().beforeCommit(transaction);
    StatementFault.commit(transaction, session.control().commitNames());
    session.activity().counts().committed();
    session.actions().endTransaction();
    session.channels().committed();
  }

  /** The attempt has failed: another may come. */
  private void giveUp(Transaction transaction) {
    transaction.rollback();
    session.channels().rolledBack();
    session.actions().endTransaction();
  }

  /**
   * Whether a statement that is a transaction of its own may be run once more.
   *
   * @param failures attempts that have failed
   */
  private boolean mayRepeat(DistDbException failure, int failures) {
    boolean passes =
        failure.code() == ErrorCode.SERIALIZATION_FAILURE
            || failure.code() == ErrorCode.DEADLOCK_DETECTED
            || failure.code() == ErrorCode.SNAPSHOT_TOO_OLD && failures <= TOO_OLD_MAX;
    return passes && !session.streams().isUsed() && !session.actions().advisory().isLasting();
  }

  /** As {@link #mayRepeat}, of a query whose first row failed, if nothing has come in between. */
  boolean mayRepeatRows(DistDbException failure, int failures, RunningStatement running) {
    return session.block() == null
        && current.streaming() == running
        && mayRepeat(failure, failures);
  }

  /**
   * Another attempt at a query of which no row was given yet.
   *
   * @throws DistDbException it was cancelled
   */
  StatementRun repeated(StatementRun failed, RunningStatement running, DistDbException failure) {
    giveUp(failed.transaction());
    running.cancellation().check();
    session.activity().counts().failed(failure.code());
    Transaction transaction = database.transactions().begin(options(failed.statement()));
    running.within(transaction);
    return failed.again(transaction);
  }

  private TransactionOptions options(CachedStatement statement) {
    // A definition must see what its lock waited for: READ COMMITTED whatever the default.
    IsolationLevel isolation =
        statement.isDefinition()
            ? IsolationLevel.READ_COMMITTED
            : session.settings().values().isolation();
    TransactionControl control = session.control();
    return session.settings().values().readMode() != ReadMode.LINEARIZABLE && statement.onlyReads()
        ? control.optionsToRead(isolation)
        : control.options(isolation);
  }

  private RunningStatement start() {
    session.environment().beginStatement();
    return current.start(session.settings().values().statementTimeoutNanos());
  }

  /** Runs what needs no transaction, so that it can be cancelled and times out. */
  StatementResult cancellable(Function<RunningStatement, StatementResult> body) {
    RunningStatement running = start();
    try {
      return body.apply(running);
    } catch (DistDbException failure) {
      throw running.reasoned(failure);
    } finally {
      current.end(running);
    }
  }

  /** The rows of a statement outside of a block were read, closed or given up. */
  void ended(CursorRows rows, RunningStatement running, boolean succeeded) {
    current.endStreaming(running);
    session.activity().endStreaming(running);
    session.environment().over();
    session.environment().endAlone(succeeded);
    openRows.remove(rows);
  }

  /** The rows of a statement within a block were read, closed or given up. */
  void endedInBlock(RunningStatement running) {
    current.endStreaming(running);
    session.activity().endStreaming(running);
  }

  /** Remembers rows that are read already, to close them with the session. */
  void keep(CursorRows rows) {
    openRows.add(rows);
  }

  void forget(CursorRows rows) {
    openRows.remove(rows);
  }

  /** Remembers rows, to close them with the session or the block. */
  void opened(CursorRows rows) {
    if (session.block() == null) {
      openRows.add(rows);
    } else {
      session.block().opened(rows);
    }
  }

  /** The query whose rows are open is not the current statement any more; null without one. */
  RunningStatement pauseCurrent() {
    return current.pause();
  }

  void pause(RunningStatement running) {
    current.pause(running);
  }

  void resume(RunningStatement running) {
    current.resume(running, session.settings().values().statementTimeoutNanos());
  }

  /** The session ends: nobody reads on. */
  void closeRows() {
    for (CursorRows rows : List.copyOf(openRows)) {
      rows.close();
    }
  }
}
