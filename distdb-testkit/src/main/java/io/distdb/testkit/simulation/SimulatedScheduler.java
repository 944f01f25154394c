// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/**
 * The scheduler of one process. Times are those of the process's own clock. Once the process died,
 * every call throws {@link io.distdb.testkit.SimulatedCrash}; signals and cancellations do nothing.
 * A throwable that ends a thread of a living process fails the run.
 */
final class SimulatedScheduler implements Scheduler {
  private final Kernel kernel;
  private final SimulatedProcess process;

  SimulatedScheduler(Kernel kernel, SimulatedProcess process) {
    this.kernel = kernel;
    this.process = process;
  }

  @Override
  public Waiter newWaiter() {
    kernel.requireAlive(process);
    return new SimulatedWaiter(kernel, process);
  }

  @Override
  public Task start(String name, Runnable body) {
    Fiber fiber = kernel.start(process, name, body);
    return () -> kernel.join(fiber);
  }

  @Override
  public Timer after(long delayNanos, String name, Runnable action) {
    Event event = kernel.schedule(process.clock().toTrueNanos(delayNanos), process, name, action);
    return () -> kernel.cancel(event);
  }
}
