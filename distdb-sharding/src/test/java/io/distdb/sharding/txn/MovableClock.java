// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks stand still until the test moves them. */
final class MovableClock implements Clock {
  private static final long START_MICROS = 1_767_225_600_000_000L;

  private final AtomicLong micros = new AtomicLong();

  void moveMillis(long millis) {
    micros.addAndGet(millis * 1_000);
  }

  @Override
  public long wallMicros() {
    return START_MICROS + micros.get();
  }

  @Override
  public long nanoTime() {
    return micros.get() * 1_000;
  }
}
