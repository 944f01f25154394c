// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.execute.RowSource;

/** What ends with the rows that a session handed out. */
final class RowEnds {
  private RowEnds() {}

  /** Outside of a block: their transaction. */
  static final class Alone implements CursorRows.End {
    private final LocalSession session;
    private final StatementRun first;
    private final RunningStatement running;

    /** The attempt that the rows are of. */
    private StatementRun run;

    private int failures;

    Alone(LocalSession session, StatementRun run, RunningStatement running) {
      this.session = session;
      this.running = running;
      this.run = run;
      first = run;
    }

    @Override
    public RowSource again(Throwable failure) {
      Throwable last = failure;
      while (last instanceof DistDbException refused
          && session.runner().mayRepeatRows(refused, ++failures, running)) {
        run = session.runner().repeated(run, running, refused);
        try {
          return run.rowsAgain(first.rows().columns(), running);
        } catch (DistDbException another) {
          last = another;
        }
      }
      if (last != failure) {
        throw (DistDbException) last;
      }
      return null;
    }

    @Override
    public void finished() {
      session.runner().ended(first.rows(), running, true);
      boolean done = false;
      try {
        session.runner().commitAlone(run.transaction());
        done = true;
      } finally {
        if (!done) {
          rollback();
        }
      }
    }

    @Override
    public DistDbException failed(Throwable failure) {
      running.doNotCount();
      session.runner().ended(first.rows(), running, false);
      rollback();
      return running.reasoned(session.explained(failure));
    }

    private void rollback() {
      run.transaction().rollback();
      session.activity().counts().rolledBack();
      session.channels().rolledBack();
      session.actions().endTransaction();
    }
  }

  /** Of a change that is done, in a temporary file: the session has them in mind until then. */
  record OnDisk(LocalSession session, StatementRun run) implements CursorRows.End {
    @Override
    public void finished() {
      session.runner().forget(run.rows());
    }

    @Override
    public DistDbException failed(Throwable failure) {
      finished();
      return StatementFault.of(failure);
    }
  }

  /** Within a block: nothing, unless a row failed. */
  record InBlock(
      LocalSession session, StatementRun run, RunningStatement running, TransactionBlock owner)
      implements CursorRows.End {
    @Override
    public void finished() {
      session.runner().endedInBlock(running);
      owner.closed(run.rows());
    }

    @Override
    public DistDbException failed(Throwable failure) {
      owner.fail();
      session.actions().advisory().failed();
      running.doNotCount();
      finished();
      return running.reasoned(session.explained(failure));
    }
  }
}
