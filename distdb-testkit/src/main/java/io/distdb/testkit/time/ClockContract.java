// SPDX-License-Identifier: MIT
package io.distdb.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link Clock} keeps. Extend it in the adapter's tests. */
public abstract class ClockContract {
  private static final long READS = 10_000;

  protected abstract Clock newClock();

  @Test
  void monotonicTimeNeverGoesBack() {
    Clock clock = newClock();
    long last = clock.nanoTime();
    for (long i = 0; i < READS; i++) {
      long now = clock.nanoTime();
      assertThat(now - last).isNotNegative();
      last = now;
    }
  }

  @Test
  void wallTimeIsMicrosecondsOfThisCentury() {
    long micros = newClock().wallMicros();
    Instant wall = Instant.ofEpochSecond(micros / 1_000_000);
    assertThat(wall)
        .isBetween(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));
  }
}
