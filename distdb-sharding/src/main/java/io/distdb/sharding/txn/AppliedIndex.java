// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Waiter;
import io.distdb.sharding.lock.LockClient;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How far this node's replica has applied the log, for those who must not read before. */
final class AppliedIndex {
  private record Waiting(long index, Waiter waiter) {}

  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private volatile long reached;

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
   * @return false: it is not, after {@code timeoutNanos} without progress
   * @throws io.distdb.api.error.DistDbException what {@link LockClient#checkWait} throws
   */
  boolean await(long index, long timeoutNanos, LockClient reader) {
    if (reached >= index) {
      return true;
    }
    Waiting mine = new Waiting(index, reader.waiter());
    waiting.add(mine);
    try {
      while (reached < index) {
        long before = reached;
        reader.checkWait();
        if (!reader.waiter().await(timeoutNanos) && reached == before) {
          return false;
        }
      }
      return true;
    } finally {
      waiting.remove(mine);
    }
  }
}
