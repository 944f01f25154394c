// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.sql.SQLException;
import org.postgresql.core.QueryExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to the server and what comes back, one statement at a time; others can have the one
 * that waits cancelled. A cancel request travels on a connection of its own and may come when the
 * statement is over; a session that has sent one whose effect was not seen is not used again.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final long AGAIN_NANOS = 100_000_000;

  private final QueryExecutor executor;
  private final InterruptWatch watch;

  /** Guarded by this, as what follows is: who waits; null: nobody. */
  private Thread thread;

  private long sentNanos;
  private boolean pending;

  Exchange(QueryExecutor executor, InterruptWatch watch) {
    this.executor = executor;
    this.watch = watch;
  }

  /**
   * A thread that was interrupted gives up, but for ending what it has begun.
   *
   * @throws DistDbException {@code QUERY_CANCELED}: nothing was sent
   */
  static void checkNotInterrupted(StatementText text) {
    if (!text.endsBlock() && Thread.currentThread().isInterrupted()) {
      throw new DistDbException(
          ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
    }
  }

  /** What waits for the server. */
  interface Step {
    void run() throws SQLException;
  }

  /**
   * @param text null: the rest of a statement that was sent
   * @param idle whether what it changes is committed at its end
   * @throws DistDbException what the server says; {@code COMMIT_OUTCOME_UNKNOWN}, {@code
   *     CONNECTION_FAILURE}: the connection is lost
   */
  void run(StatementText text, boolean idle, Step step) {
    begin(text == null || !text.endsBlock());
    try {
      step.run();
    } catch (SQLException failure) {
      throw translated(failure, text, idle);
    } finally {
      end();
    }
  }

  /**
   * @param watched whether an interrupt ends it: the end of a transaction goes on
   */
  private void begin(boolean watched) {
    synchronized (this) {
      thread = Thread.currentThread();
      sentNanos = watch.clock().nanoTime() - AGAIN_NANOS;
    }
    if (watched) {
      watch.begun(this);
    }
  }

  private void end() {
    watch.ended(this);
    synchronized (this) {
      thread = null;
    }
  }

  private DistDbException translated(SQLException failure, StatementText text, boolean idle) {
    DistDbException error = RemoteErrors.of(failure);
    if (error.code() == ErrorCode.QUERY_CANCELED) {
      cancelArrived();
    }
    if (!executor.isClosed()) {
      return error;
    }
    boolean unknown = text != null && (text.commits() || idle && !text.isHarmless());
    if (unknown) {
      return new DistDbException(
              ErrorCode.COMMIT_OUTCOME_UNKNOWN,
              "the connection was lost: what the statement was to change may be committed or not",
              failure)
          .withDetail(error.getMessage());
    }
    return error.code() == ErrorCode.SHUTTING_DOWN
        ? error
        : new DistDbException(ErrorCode.CONNECTION_FAILURE, "the connection was lost", failure)
            .withDetail(error.getMessage());
  }

  /** The statement that waits ends with an error soon. Nothing when none does. */
  synchronized void cancel() {
    if (thread == null) {
      return;
    }
    sentNanos = watch.clock().nanoTime();
    pending = true;
    try {
      executor.sendQueryCancel();
    } catch (SQLException failure) {
      LOG.warn("a cancel request was not sent", failure);
    }
  }

  /** Asks again while it has no effect: a request that comes before its statement has none. */
  synchronized void cancelIfInterrupted() {
    boolean due = watch.clock().nanoTime() - sentNanos >= AGAIN_NANOS;
    if (due && thread != null && thread.isInterrupted()) {
      cancel();
    }
  }

  private synchronized void cancelArrived() {
    pending = false;
  }

  /** Whether the next statement may be met by an old request. */
  synchronized boolean isCancelPending() {
    return pending;
  }
}
