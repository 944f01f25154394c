// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns an interrupt of a thread that waits for a server into a cancel request. The driver's reads
 * do not end at an interrupt, so a thread of its own looks at those that wait, {@link #LOOK_NANOS}
 * apart; while nobody waits it sleeps.
 */
final class InterruptWatch implements AutoCloseable {
  private static final long LOOK_NANOS = 20_000_000;

  private final Set<Exchange> waiting = ConcurrentHashMap.newKeySet();
  private final Thread watcher;
  private volatile boolean closed;

  InterruptWatch() {
    watcher = Thread.ofPlatform().daemon().name("distdb-client-interrupts").unstarted(this::watch);
    watcher.start();
  }

  /** From here until {@link #ended} its thread waits for the server. */
  void begun(Exchange exchange) {
    if (waiting.isEmpty()) {
      waiting.add(exchange);
      LockSupport.unpark(watcher);
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
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
        waiting.forEach(Exchange::cancelIfInterrupted);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
  }
}
