// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Timestamp;
import io.distdb.api.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The newest timestamp at or below which this node has applied all there ever will be, and how old
 * that is at most: it was the newest of all when it was asked for, or later. So the age is told by
 * this node's own clock alone.
 */
final class ClosedTime {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Who could not be asked is not asked again for so long. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Closed(long timestamp, long askedNanos) {}

  private final Clock clock;
  private volatile Closed newest;
  private volatile long notBeforeNanos;

  ClosedTime(Clock clock) {
    this.clock = clock;
    notBeforeNanos = clock.nanoTime();
  }

  /**
   * @param askedNanos when it was asked for
   */
  synchronized void close(long timestamp, long askedNanos) {
    if (newest == null || timestamp > newest.timestamp) {
      newest = new Closed(timestamp, askedNanos);
    }
  }

  /** Or {@link Timestamp#NONE}. */
  long timestamp() {
    Closed known = newest;
    return known == null ? Timestamp.NONE : known.timestamp;
  }

  /** Whether it is time to ask again. */
  boolean isStale() {
    Closed known = newest;
    long now = clock.nanoTime();
    return now - notBeforeNanos >= 0 && (known == null || now - known.askedNanos > FRESH_NANOS);
  }

  void notNow() {
    notBeforeNanos = clock.nanoTime() + PAUSE_NANOS;
  }

  /** The oracle's clock is not ahead of this; but a clock of its own while nothing is known. */
  long now() {
    Closed known = newest;
    return known == null
        ? clock.wallMicros()
        : known.timestamp + TimeUnit.NANOSECONDS.toMicros(clock.nanoTime() - known.askedNanos);
  }
}
