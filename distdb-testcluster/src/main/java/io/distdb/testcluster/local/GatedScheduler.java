// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/** The JDK's threads, all of which pass a gate. */
final class GatedScheduler implements Scheduler {
  private final Scheduler threads = Scheduler.threads();
  private final Gate gate;

  GatedScheduler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Waiter newWaiter() {
    gate.pass();
    return new GatedWaiter(threads.newWaiter());
  }

  @Override
  public Task start(String name, Runnable body) {
    gate.pass();
    return threads.start(name, () -> gate.enter(body));
  }

  @Override
  public Task startLight(String name, Runnable body) {
    gate.pass();
    return threads.startLight(name, () -> gate.enter(body));
  }

  @Override
  public void giveWay() {
    threads.giveWay();
  }

  @Override
  public void standBack() {
    threads.standBack();
  }

  @Override
  public Timer after(long delayNanos, String name, Runnable action) {
    gate.pass();
    return threads.after(delayNanos, name, () -> gate.enter(action));
  }

  private final class GatedWaiter implements Waiter {
    private final Waiter waiter;

    GatedWaiter(Waiter waiter) {
      this.waiter = waiter;
    }

    @Override
    public boolean await(long timeoutNanos) {
      return gate.waitAt(waiter, true, timeoutNanos);
    }

    @Override
    public boolean awaitUninterruptibly(long timeoutNanos) {
      return gate.waitAt(waiter, false, timeoutNanos);
    }

    @Override
    public void signal() {
      waiter.signal();
    }
  }
}
