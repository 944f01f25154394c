// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Scheduler;
import io.distdb.sharding.remote.Ping;
import io.distdb.sharding.remote.TransactionName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the node that leads which transactions of this one go on, and how old the oldest snapshot
 * is that is read at here. Silent when there are none.
 */
final class LeaseKeeper {
  private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  /** Numbers that one ping holds at most. */
  private static final int NUMBERS_MAX = 4096;

  private final TransactionContext context;
  private final Gateway gateway;
  private final long life;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentSkipListSet<Long> live = new ConcurrentSkipListSet<>();
  private Scheduler.Timer timer;
  private boolean closed;

  LeaseKeeper(TransactionContext context, Gateway gateway) {
    this.context = context;
    this.gateway = gateway;
    life = gateway.calls().life();
  }

  TransactionName newName() {
    return new TransactionName(life, numbers.incrementAndGet());
  }

  void add(long number) {
    live.add(number);
    keep();
  }

  void remove(long number) {
    live.remove(number);
  }

  /** There is something to tell from now on. */
  synchronized void keep() {
    if (timer == null && !closed) {
      timer = context.scheduler.after(PING_NANOS, "distdb-pings", this::ping);
    }
  }

  /** Whether it will say soon what goes on here. */
  synchronized boolean isKeeping() {
    return timer != null;
  }

  synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void ping() {
    long oldestPin;
    List<Long> all;
    synchronized (this) {
      timer = null;
      oldestPin = context.open.oldestPin();
      all = List.copyOf(live);
      if (all.isEmpty() && oldestPin == Long.MAX_VALUE) {
        return;
      }
      keep();
    }
    int from = 0;
    do {
      int to = Math.min(all.size(), from + NUMBERS_MAX);
      Ping ping = new Ping(life, oldestPin, new ArrayList<>(all.subList(from, to)));
      gateway
          .leader()
          .ifPresent(leader -> gateway.calls().tell(leader, Services.PING, ping.encode()));
      from = to;
    } while (from < all.size());
  }
}
