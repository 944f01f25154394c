// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.execute.Cancellation;
import io.distdb.sql.spill.SpillSpace;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The statement that a session runs now, as other threads see it: to cancel it, and to wait until
 * it is over. Begun and ended by the session's thread.
 */
final class CurrentStatement {
  private final Scheduler scheduler;
  private final Clock clock;
  private final SpillSpace spill;
  private final AtomicReference<RunningStatement> running = new AtomicReference<>();

  /** Of an earlier statement, for the next one. */
  private RunningStatement spare;

  CurrentStatement(Scheduler scheduler, Clock clock, SpillSpace spill) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.spill = spill;
  }

  /**
   * @param timeoutNanos 0: no limit
   */
  RunningStatement start(long timeoutNanos) {
    RunningStatement current = spare == null ? newStatement() : spare.renewed();
    spare = null;
    current.startTimer(scheduler, timeoutNanos);
    running.lazySet(current);
    return current;
  }

  private RunningStatement newStatement() {
    return new RunningStatement(spill, new Cancellation(scheduler, clock));
  }

  void end(RunningStatement current) {
    running.lazySet(null);
    current.end();
    if (current.isReusable()) {
      spare = current;
    }
  }

  /**
   * The statement that runs now gives no rows for the moment: it cannot be cancelled, and its time
   * does not run, until {@link #resume}.
   *
   * @return it, or null when none runs
   */
  RunningStatement pause() {
    RunningStatement current = running.get();
    pause(current);
    return current;
  }

  /** As {@link #pause()}, for one that may be over; harmless for null. */
  void pause(RunningStatement paused) {
    if (paused != null) {
      running.compareAndSet(paused, null);
      paused.stopTimer();
    }
  }

  /** Goes on with {@code paused}, if it is not null. */
  void resume(RunningStatement paused, long timeoutNanos) {
    if (paused != null) {
      paused.cancellation().reset();
      paused.startTimer(scheduler, timeoutNanos);
      running.lazySet(paused);
    }
  }

  /** The rows of a statement were read or closed: until then it could be cancelled. */
  void endStreaming(RunningStatement current) {
    running.compareAndSet(current, null);
    current.end();
  }

  /** The statement whose rows are still to be read; null when there is none. */
  RunningStatement streaming() {
    RunningStatement current = running.get();
    return current != null && current.isHandedOn() ? current : null;
  }

  /** The transaction of the statement that runs now. By a function that it calls. */
  Transaction transaction() {
    return running.get().transaction();
  }

  /** Ends the statement that runs now, if there is one. Any thread. */
  void request(String why) {
    RunningStatement current = running.get();
    if (current != null) {
      current.request(why);
    }
  }

  /** Whether a statement runs or has rows left to give. Any thread. */
  boolean isActive() {
    return running.get() != null;
  }

  /** Whether a statement is being run, not merely waiting for somebody to read on. Any thread. */
  boolean isUnderWay() {
    RunningStatement current = running.get();
    return current != null && !current.isHandedOn();
  }
}
