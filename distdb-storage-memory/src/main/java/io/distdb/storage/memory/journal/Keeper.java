// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A thread that looks after a journal while there is something to look after, and otherwise waits
 * without using the processor. It starts when it is first needed.
 */
final class Keeper {
  private final Scheduler scheduler;
  private final long periodNanos;
  private final Look look;
  private final Waiter waiter;

  private final AtomicBoolean needed = new AtomicBoolean();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile Scheduler.Task task;
  private volatile boolean stopped;

  /** What it does once a period. */
  @FunctionalInterface
  interface Look {
    /** Returns whether to look again one period later. */
    boolean again();
  }

  Keeper(Scheduler scheduler, long periodNanos, Look look) {
    this.scheduler = scheduler;
    this.periodNanos = periodNanos;
    this.look = look;
    this.waiter = scheduler.newWaiter();
  }

  /** Asks for a look one period from now, if none is due. */
  void need() {
    if (needed.get() || stopped || !needed.compareAndSet(false, true)) {
      return;
    }
    if (started.compareAndSet(false, true)) {
      task = scheduler.start("distdb-journal", this::run);
    } else {
      waiter.signal();
    }
  }

  private void run() {
    while (!stopped) {
      if (needed.get()) {
        awaitPeriod();
        needed.set(false);
        if (!stopped && look.again()) {
          needed.set(true);
        }
      } else {
        waiter.awaitUninterruptibly(Waiter.FOREVER);
      }
    }
  }

  /** A signal that is left from {@link #need} must not cut the period short. */
  private void awaitPeriod() {
    boolean signalled = true;
    while (signalled && !stopped) {
      signalled = waiter.awaitUninterruptibly(periodNanos);
    }
  }

  /** Ends the thread and waits for it. */
  void stop() {
    stopped = true;
    waiter.signal();
    Scheduler.Task running = task;
    if (running != null) {
      running.join();
    }
  }
}
