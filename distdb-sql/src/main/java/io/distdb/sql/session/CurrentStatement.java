// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
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

  /** The rows of a statement were read or closed: until then it could be cancelled. */
  void endStreaming(RunningStatement current) {
    running.compareAndSet(current, null);
    current.end();
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
