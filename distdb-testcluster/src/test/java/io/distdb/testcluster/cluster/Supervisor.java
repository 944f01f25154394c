// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;

/** Notices that the thread of consensus has ended: its node takes no part any more. */
final class Supervisor implements Scheduler {
  private final Scheduler scheduler;
  private boolean ended;

  Supervisor(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public Task start(String name, Runnable body) {
    return scheduler.start(
        name,
        () -> {
          body.run();
          ended |= name.equals("distdb-raft");
        });
  }

  @Override
  public Waiter newWaiter() {
    return scheduler.newWaiter();
  }

  @Override
  public Timer after(long delayNanos, String name, Runnable action) {
    return scheduler.after(delayNanos, name, action);
  }
}
