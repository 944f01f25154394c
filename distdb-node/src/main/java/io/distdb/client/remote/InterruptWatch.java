// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns an interrupt of a thread that waits for a server into a cancel request. The driver's reads
 * do not end at an interrupt, so a thread of its own looks at those that wait, {@link #LOOK_NANOS}
 * apart; while nobody waits it sleeps.
 */
final class InterruptWatch implements AutoCloseable {
  private static final long LOOK_NANOS = 20_000_000;

  private final Set<Exchange> waiting = ConcurrentHashMap.newKeySet();
  private final Waiter somebodyWaits;
  private final Clock clock;
  private volatile boolean closed;

  InterruptWatch(Scheduler scheduler, Clock clock) {
    this.clock = clock;
    somebodyWaits = scheduler.newWaiter();
    scheduler.start("distdb-client-interrupts", this::watch);
  }

  /** What the exchanges look at, too. */
  Clock clock() {
    return clock;
  }

  /** From here until {@link #ended} its thread waits for the server. */
  void begun(Exchange exchange) {
    if (waiting.isEmpty()) {
      waiting.add(exchange);
      somebodyWaits.signal();
    } else {
      waiting.add(exchange);
    }
  }

  void ended(Exchange exchange) {
    waiting.remove(exchange);
  }

  private void watch() {
    while (!closed) {
      if (waiting.isEmpty()) {
        somebodyWaits.awaitUninterruptibly(Waiter.FOREVER);
      } else {
        somebodyWaits.awaitUninterruptibly(LOOK_NANOS);
        waiting.forEach(Exchange::cancelIfInterrupted);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    somebodyWaits.signal();
  }
}
