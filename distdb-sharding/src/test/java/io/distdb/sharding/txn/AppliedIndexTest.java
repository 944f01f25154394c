// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Waiter;
import io.distdb.sharding.lock.LockClient;
import org.junit.jupiter.api.Test;

class AppliedIndexTest {
  private static final long SECOND = 1_000_000_000L;

  private final MovableClock clock = new MovableClock();
  private final AppliedIndex applied = new AppliedIndex(clock);
  private long index;

  /** Each wait takes 100 ms, in which one entry is applied. */
  private final class Steady implements Waiter, LockClient {
    @Override
    public boolean await(long timeoutNanos) {
      clock.moveMillis(100);
      applied.reached(++index);
      return true;
    }

    @Override
    public boolean awaitUninterruptibly(long timeoutNanos) {
      return await(timeoutNanos);
    }

    @Override
    public void signal() {}

    @Override
    public Waiter waiter() {
      return this;
    }

    @Override
    public void checkWait() {}
  }

  @Test
  void progressDoesNotOutlastTheDeadline() {
    assertThat(applied.await(5, SECOND, clock.nanoTime() + SECOND, new Steady())).isTrue();
    assertThat(applied.await(100, SECOND, clock.nanoTime() + SECOND, new Steady())).isFalse();
    assertThat(index).isEqualTo(15);
    assertThat(applied.isAwaited()).isFalse();
  }
}
