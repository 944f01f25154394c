// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Waiter;

/** Makes a thread wait so that it writes no more than so many bytes a second. For one thread. */
final class Pace {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Clock clock;
  private final Waiter waiter;
  private final long bytesPerSecond;
  private long freeAt;
  private volatile boolean unlimited;

  Pace(Clock clock, Waiter waiter, long bytesPerSecond) {
    this.clock = clock;
    this.waiter = waiter;
    this.bytesPerSecond = bytesPerSecond;
    this.freeAt = clock.nanoTime();
  }

  /** Nobody is made to wait any more. The waiter is to be signalled. */
  void lift() {
    unlimited = true;
  }

  /** Accounts for what was written, and waits for as long as that may take. */
  void spend(long bytes) {
    long now = clock.nanoTime();
    freeAt =
        Math.max(freeAt - now, 0)
            + now
            + (long) (bytes * (double) NANOS_PER_SECOND / bytesPerSecond);
    while (!unlimited) {
      long left = freeAt - clock.nanoTime();
      if (left <= 0) {
        return;
      }
      waiter.awaitUninterruptibly(left);
    }
  }
}
