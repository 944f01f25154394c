// SPDX-License-Identifier: MIT
package io.distdb.api.disk;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;

/**
 * Keeps work in the background to so many bytes a second, so that the disk has time for others.
 *
 * <p>Each byte is paid for with the time it takes at that rate, and the payments follow each other
 * (a leaky bucket as a meter; ITU-T I.371, annex A, calls it virtual scheduling). Who has moved
 * more than {@link #AHEAD_NANOS} pay for is ahead, and waits or comes back later; what was not used
 * before is not saved up. Thread-safe; whoever waits holds no lock.
 */
public final class IoPace {
  /** Time for which one may be ahead: so short that a disk hardly notices. */
  private static final long AHEAD_NANOS = 50_000_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final Clock clock;
  private final Scheduler scheduler;
  private long paidUntil;
  private long bytes;
  private long waitedNanos;

  /**
   * @param bytesPerSecond above 0
   */
  public IoPace(long bytesPerSecond, Clock clock, Scheduler scheduler) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.scheduler = scheduler;
    paidUntil = clock.nanoTime();
  }

  /** Tells of bytes that were read or written, and waits while they are ahead. */
  public void movedThenWait(long count) {
    long ahead = moved(count);
    if (ahead > 0) {
      scheduler.newWaiter().awaitUninterruptibly(ahead);
      addWaited(ahead);
    }
  }

  private synchronized void addWaited(long nanos) {
    waitedNanos += nanos;
  }

  /**
   * Tells of bytes that were read or written.
   *
   * @return for how many nanoseconds they are ahead; 0 or less: they are not
   */
  public synchronized long moved(long count) {
    long now = clock.nanoTime();
    bytes += count;
    paidUntil = Math.max(paidUntil, now) + (long) (count * NANOS_PER_SECOND / bytesPerSecond);
    return paidUntil - now - AHEAD_NANOS;
  }

  /** Whether more should wait. */
  public synchronized boolean isAhead() {
    return paidUntil - clock.nanoTime() > AHEAD_NANOS;
  }

  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Bytes that it was told of. */
  public synchronized long bytes() {
    return bytes;
  }

  /** How long {@link #movedThenWait} has waited, of all threads together. */
  public synchronized long waitedNanos() {
    return waitedNanos;
  }
}
