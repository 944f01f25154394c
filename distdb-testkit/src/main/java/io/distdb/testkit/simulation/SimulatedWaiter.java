// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;

/** A wait passes the baton on. State belongs to whoever holds the baton. */
final class SimulatedWaiter implements Waiter {
  private final Kernel kernel;
  private final SimulatedProcess process;
  private boolean signalled;
  private boolean timedOut;
  private Fiber waiting;

  SimulatedWaiter(Kernel kernel, SimulatedProcess process) {
    this.kernel = kernel;
    this.process = process;
  }

  @Override
  public boolean await(long timeoutNanos) {
    return await(timeoutNanos, true);
  }

  @Override
  public boolean awaitUninterruptibly(long timeoutNanos) {
    return await(timeoutNanos, false);
  }

  private boolean await(long timeoutNanos, boolean interruptible) {
    Fiber self = kernel.requireFiber("wait");
    kernel.requireAlive(process);
    if (waiting != null) {
      throw new IllegalStateException(self + " waits where " + waiting + " waits already");
    }
    kernel.preempt();
    if (!signalled && timeoutNanos > 0) {
      waitForSignal(self, timeoutNanos, interruptible);
    }
    if (!signalled) {
      return false;
    }
    signalled = false;
    return true;
  }

  private void waitForSignal(Fiber self, long timeoutNanos, boolean interruptible) {
    Event timer = null;
    timedOut = false;
    if (timeoutNanos != FOREVER) {
      long trueNanos = process.clock().toTrueNanos(timeoutNanos);
      timer = kernel.schedule(trueNanos, process, "time-out of " + self.name(), this::timeOut);
    }
    waiting = self;
    try {
      while (!signalled && !timedOut) {
        if (interruptible && Thread.currentThread().isInterrupted()) {
          throw new DistDbException(
              ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        }
        kernel.block(self, process, interruptible);
      }
    } finally {
      waiting = null;
      if (timer != null) {
        kernel.cancel(timer);
      }
    }
  }

  private void timeOut() {
    timedOut = true;
    if (waiting != null) {
      kernel.wake(waiting);
    }
  }

  @Override
  public void signal() {
    kernel.requireHolder("signal");
    signalled = true;
    if (waiting != null) {
      kernel.wake(waiting);
    }
  }
}
