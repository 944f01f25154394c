// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that the test moves; the monotonic one is the JDK's. */
final class ManualClock implements Clock {
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000_000L);

  void advanceMicros(long micros) {
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
