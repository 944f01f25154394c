// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/**
 * Keeps one thread's writing at or below a rate: a bucket that fills with time and holds a tenth of
 * a second's worth, so that a pause is not made up for by a burst.
 */
public final class Pace {
  private static final long LOOK_NANOS = 50_000_000;
  private static final long BURST_PARTS = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final Clock clock;
  private final Waiter waiter;
  private double creditBytes;
  private long lastNanos;

  /**
   * @param bytesPerSecond 0: no limit
   */
  public Pace(long bytesPerSecond, Clock clock, Scheduler scheduler) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    waiter = scheduler.newWaiter();
    creditBytes = burst();
    lastNanos = clock.nanoTime();
  }

  private double burst() {
    return (double) bytesPerSecond / BURST_PARTS;
  }

  /**
   * Returns when {@code bytes} more may be said to be written.
   *
   * @param look called at least every 50 ms; throws to end the wait
   */
  public void spend(long bytes, Runnable look) {
    look.run();
    if (bytesPerSecond == 0) {
      return;
    }
    refill();
    creditBytes -= bytes;
    while (creditBytes < 0) {
      long nanos = (long) Math.ceil(-creditBytes / bytesPerSecond * NANOS_PER_SECOND);
      waiter.await(Math.clamp(nanos, 1, LOOK_NANOS));
      look.run();
      refill();
    }
  }

  private void refill() {
    long now = clock.nanoTime();
    creditBytes =
        Math.min(burst(), creditBytes + (now - lastNanos) / NANOS_PER_SECOND * bytesPerSecond);
    lastNanos = now;
  }
}
