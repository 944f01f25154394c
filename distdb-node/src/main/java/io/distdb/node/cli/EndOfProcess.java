// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/**
 * Waits for SIGTERM or Ctrl-C, and holds the process back until {@link #close}: Java ends it
 * otherwise when such a signal comes.
 */
final class EndOfProcess implements AutoCloseable {
  private final Waiter asked;
  private final Waiter closed;

  EndOfProcess(Scheduler scheduler) {
    asked = scheduler.newWaiter();
    closed = scheduler.newWaiter();
    Runtime.getRuntime().addShutdownHook(new Hook());
  }

  /** The JDK wants a thread that was not started. */
  private final class Hook extends Thread {
    Hook() {
      super("distdb-end");
    }

    @Override
    public void run() {
      asked.signal();
      closed.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  /** Waits until the process is to end. */
  void await() {
    asked.awaitUninterruptibly(Waiter.FOREVER);
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    closed.signal();
  }
}
