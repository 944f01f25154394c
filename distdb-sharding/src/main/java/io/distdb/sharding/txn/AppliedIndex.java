// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Waiter;
import io.distdb.sharding.lock.LockClient;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How far this node's replica has applied the log, for those who must not read before. */
final class AppliedIndex {
  private record Waiting(long index, Waiter waiter) {}

  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Clock clock;
  private volatile long reached;

  AppliedIndex(Clock clock) {
    this.clock = clock;
  }

  /** Everything through {@code index} is applied. Called by the thread that applies. */
  void reached(long index) {
    reached = index;
    if (!waiting.isEmpty()) {
      waiting.removeIf(each -> {
        boolean over = each.index <= index;
        if (over) {
          each.waiter.signal();
        }
        return over;
      });
    }
  }

  /** What was applied before this object came to hear of it. */
  void start(long index) {
    reached = Math.max(reached, index);
  }

  /** Whether somebody waits. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /**
   * Returns once everything through {@code index} is applied here.
   *
   * @param stallNanos how long nothing may be applied
   * @param deadlineNanos of the clock
   * @return false: it is not in time
   * @throws io.distdb.api.error.DistDbException what {@link LockClient#checkWait} throws
   */
  boolean await(long index, long stallNanos, long deadlineNanos, LockClient reader) {
    if (reached >= index) {
      return true;
    }
    Waiting mine = new Waiting(index, reader.waiter());
    waiting.add(mine);
    try {
      while (reached < index) {
        long before = reached;
        reader.checkWait();
        long left = deadlineNanos - clock.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (!reader.waiter().await(Math.min(stallNanos, left)) && reached == before) {
          return false;
        }
      }
      return true;
    } finally {
      waiting.remove(mine);
    }
  }
}
