// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.TimestampSource;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out max(wall clock, last + 1), below a bound that was committed in the system shard's log
 * first; whoever leads next starts at the bound. So timestamps rise strictly across restarts,
 * failovers and clocks that jump, and no assumption about clocks is needed.
 *
 * <p>The bound is moved {@link #WINDOW_MICROS} ahead by a caller that passes its middle, so busy
 * callers never wait for it; after a pause the first one does. Idle, nothing runs.
 */
final class TimestampOracle implements TimestampSource {
  private static final Logger LOG = LoggerFactory.getLogger(TimestampOracle.class);

  static final long WINDOW_MICROS = 3_000_000;

  /** Commits a bound in the log; gives the bound in force. May wait. */
  interface BoundLog {
    long extend(long bound);
  }

  private final Clock clock;
  private final Scheduler scheduler;
  private final BoundLog log;
  private final AtomicLong last = new AtomicLong();
  private final AtomicBoolean extending = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Waiter> waiting = new ConcurrentLinkedQueue<>();
  private volatile long bound;

  TimestampOracle(Clock clock, Scheduler scheduler, BoundLog log) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.log = log;
  }

  /** Starts to serve above {@code recoveredBound}, under which others may have handed out all. */
  void lead(long recoveredBound) {
    last.accumulateAndGet(recoveredBound, Math::max);
    bound = recoveredBound;
  }

  @Override
  public long next() {
    while (true) {
      long previous = last.get();
      long candidate = Math.max(clock.wallMicros(), previous + 1);
      long limit = bound;
      if (candidate >= limit) {
        extendOrWait(candidate);
      } else if (last.compareAndSet(previous, candidate)) {
        if (limit - candidate < WINDOW_MICROS / 2) {
          extendAhead(candidate);
        }
        return candidate;
      }
    }
  }

  @Override
  public long current() {
    return last.get();
  }

  @Override
  public long now() {
    return Math.max(clock.wallMicros(), last.get());
  }

  private void extendOrWait(long candidate) {
    if (extending.compareAndSet(false, true)) {
      extend(candidate);
      return;
    }
    Waiter waiter = scheduler.newWaiter();
    waiting.add(waiter);
    if (extending.get()) {
      waiter.awaitUninterruptibly(Waiter.FOREVER);
    }
    waiting.remove(waiter);
  }

  /** The timestamp in hand is good whatever comes of this, so a failure waits for who needs it. */
  private void extendAhead(long candidate) {
    if (extending.compareAndSet(false, true)) {
      try {
        extend(candidate);
      } catch (DistDbException later) {
        LOG.warn("the timestamp bound could not be moved ahead: {}", later.getMessage());
      }
    }
  }

  private void extend(long candidate) {
    try {
      if (bound - candidate < WINDOW_MICROS / 2) {
        bound = log.extend(candidate + WINDOW_MICROS);
      }
    } finally {
      extending.set(false);
      for (Waiter waiter = waiting.poll(); waiter != null; waiter = waiting.poll()) {
        waiter.signal();
      }
    }
  }
}
