// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps native objects from being closed under a thread that uses them, which would end the
 * process. A thread enters before it calls RocksDB and leaves afterwards; closing turns newcomers
 * away and waits for those inside.
 *
 * <p><b>Why it is safe.</b> A thread counts itself in, then looks at {@link #closed}; the closing
 * thread sets {@code closed}, then counts. So whoever is not counted sees {@code closed}. Exits are
 * summed before entries: an exit that is counted has its entry counted too, so equal sums mean that
 * nobody is inside. Two striped counters cost a reader less than a lock that all share.
 */
final class Gate {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  /**
   * @throws io.distdb.api.error.DistDbException {@code SHUTTING_DOWN}: it is closed; do not leave
   */
  void enter() {
    if (!tryEnter()) {
      throw RocksErrors.closed();
    }
  }

  /** False when it is closed; do not leave then. */
  boolean tryEnter() {
    entered.increment();
    if (closed) {
      left.increment();
      return false;
    }
    return true;
  }

  /**
   * For long work inside.
   *
   * @throws io.distdb.api.error.DistDbException {@code SHUTTING_DOWN}: someone waits to close it
   */
  void requireOpen() {
    if (closed) {
      throw RocksErrors.closed();
    }
  }

  void leave() {
    left.increment();
  }

  /** Turns newcomers away and waits until nobody is inside. False when it was closed before. */
  boolean close(Scheduler scheduler) {
    if (closed) {
      return false;
    }
    closed = true;
    while (isAnyoneInside()) {
      scheduler.newWaiter().awaitUninterruptibly(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  private boolean isAnyoneInside() {
    long exits = left.sum();
    return entered.sum() != exits;
  }
}
