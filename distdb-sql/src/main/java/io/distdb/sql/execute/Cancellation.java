// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import java.util.function.LongSupplier;

/** Whether the statement that runs now should end early. Asked per batch; set by any thread. */
public final class Cancellation {
  private volatile String reason;
  private volatile Waiter sleeper;

  /** Forgets an earlier request: a new statement begins. */
  public void reset() {
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

  /**
   * Waits until the time is over. Called by the statement's thread.
   *
   * @param waiter the thread's
   * @param clock nanoseconds, monotonic
   * @param nanos {@code Long.MAX_VALUE}: for ever
   * @throws DistDbException {@code QUERY_CANCELED}
   */
  void sleep(Waiter waiter, LongSupplier clock, long nanos) {
    long start = clock.getAsLong();
    sleeper = waiter;
    try {
      long left = nanos;
      check();
      while (left > 0) {
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
    String why = reason;
    if (why == null && Thread.currentThread().isInterrupted()) {
      why = "user request";
    }
    if (why != null) {
      throw new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to " + why);
    }
  }
}
