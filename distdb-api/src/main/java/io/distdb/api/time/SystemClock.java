// SPDX-License-Identifier: MIT
package io.distdb.api.time;

import java.time.Instant;

enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public long wallMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
