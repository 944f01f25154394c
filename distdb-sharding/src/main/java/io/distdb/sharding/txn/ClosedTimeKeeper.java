// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Asks how far time is closed a moment after a commit was applied here, so that a node that loses
 * its leader can read what it has, but for the last moment. Silent while nothing is committed.
 */
final class ClosedTimeKeeper {
  /** With the way to the leader and back, time is closed a second after a commit. */
  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Scheduler scheduler;
  private final BooleanSupplier isWanted;
  private final Runnable refresh;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param isWanted whether there is somebody to ask
   * @param refresh asks; may wait
   */
  ClosedTimeKeeper(Scheduler scheduler, BooleanSupplier isWanted, Runnable refresh) {
    this.scheduler = scheduler;
    this.isWanted = isWanted;
    this.refresh = refresh;
  }

  /** Called by the thread that applies, for each commit. */
  void applied() {
    if (!due.get() && !closed && due.compareAndSet(false, true)) {
      scheduler.after(DELAY_NANOS, "distdb-closed-time", this::begin);
    }
  }

  private void begin() {
    due.set(false);
    if (!closed && isWanted.getAsBoolean()) {
      scheduler.startLight("distdb-closed-time", refresh);
    }
  }

  void close() {
    closed = true;
  }
}
