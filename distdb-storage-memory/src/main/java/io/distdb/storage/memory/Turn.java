// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.ArrayDeque;

/**
 * Long work that only one thread may do at a time, first come first served. Unlike a lock it may be
 * held while files are forced: those who wait do so through the {@link Scheduler}.
 */
final class Turn {
  private final Scheduler scheduler;
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>();

  Turn(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Returns when it is this thread's turn. */
  void enter() {
    Waiter waiter = scheduler.newWaiter();
    synchronized (this) {
      queue.add(waiter);
    }
    while (!isFirst(waiter)) {
      waiter.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  private synchronized boolean isFirst(Waiter waiter) {
    return queue.peek() == waiter;
  }

  /** Passes the turn on. */
  void leave() {
    Waiter next;
    synchronized (this) {
      queue.remove();
      next = queue.peek();
    }
    if (next != null) {
      next.signal();
    }
  }
}
