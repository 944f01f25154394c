// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the statement that runs now should end early. Asked per batch; set by any thread. Who
 * asks gives way to others now and then, so that a long statement does not keep a server's short
 * ones from running.
 */
public final class Cancellation {
  /** Of a statement between two times that it gives way. */
  private static final long SLICE_NANOS = 5_000_000;

  private static final int CHECKS_BETWEEN_LOOKS = 4;

  private final Scheduler scheduler;
  private final Clock clock;
  private volatile String reason;
  private volatile Waiter sleeper;
  private int checks;
  private long sliceBegan;

  public Cancellation(Scheduler scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Forgets an earlier request: a new statement begins. */
  public void reset() {
    checks = 0;
    if (reason != null) {
      reason = null;
    }
  }

  /**
   * @param why how the error's message ends: {@code user request}, {@code statement timeout}
   */
  public void request(String why) {
    reason = why;
    Waiter sleeping = sleeper;
    if (sleeping != null) {
      sleeping.signal();
    }
  }

  /** What was said with the last {@link #request}; null without one. */
  public String reason() {
    return reason;
  }

  /**
   * Waits until it is done or the time is over. Called by the statement's thread.
   *
   * @param waiter the thread's
   * @param done asked whenever the waiter was signalled
   * @param clock nanoseconds, monotonic
   * @param nanos {@code Long.MAX_VALUE}: for ever
   * @throws DistDbException {@code QUERY_CANCELED}
   */
  void sleep(Waiter waiter, BooleanSupplier done, LongSupplier clock, long nanos) {
    long start = clock.getAsLong();
    sleeper = waiter;
    try {
      long left = nanos;
      check();
      while (left > 0 && !done.getAsBoolean()) {
        waiter.await(left);
        check();
        left = nanos == Waiter.FOREVER ? nanos : nanos - (clock.getAsLong() - start);
      }
    } finally {
      sleeper = null;
    }
  }

  /**
   * Called by the statement's thread.
   *
   * @throws DistDbException {@code QUERY_CANCELED}: it was requested, or the thread is interrupted
   *     (and stays so)
   */
  public void check() {
    if (++checks % CHECKS_BETWEEN_LOOKS == 0) {
      giveWay();
    }
    String why = reason;
    if (why == null && Thread.currentThread().isInterrupted()) {
      why = "user request";
    }
    if (why != null) {
      throw new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to " + why);
    }
  }

  /** The clock is not looked at by short statements. */
  private void giveWay() {
    long now = clock.nanoTime();
    if (checks == CHECKS_BETWEEN_LOOKS) {
      sliceBegan = now;
    } else if (now - sliceBegan > SLICE_NANOS) {
      scheduler.standBack();
      sliceBegan = clock.nanoTime();
    }
  }
}
