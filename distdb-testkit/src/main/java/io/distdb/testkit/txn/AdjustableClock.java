// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that stands still until the test moves it; the monotonic one is the JDK's. */
public final class AdjustableClock implements Clock {
  private static final long START_MICROS = 1_767_225_600_000_000L;

  private final AtomicLong wall = new AtomicLong(START_MICROS);

  /** Moves the wall clock, either way. */
  public void moveMicros(long micros) {
    wall.addAndGet(micros);
  }

  @Override
  public long wallMicros() {
    return wall.get();
  }

  @Override
  public long nanoTime() {
    return Clock.system().nanoTime();
  }
}
