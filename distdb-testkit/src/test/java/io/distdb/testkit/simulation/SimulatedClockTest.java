// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.testkit.time.ClockContract;
import org.junit.jupiter.api.Test;

class SimulatedClockTest extends ClockContract {
  private static final long SECOND = 1_000_000_000;

  @Override
  protected Clock newClock() {
    return new SimulatedWorld(1).node("n1").clock();
  }

  @Test
  void aJumpMovesTheWallClockAlone() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedClock clock = world.node("n1").clock();
      long wall = clock.wallMicros();
      long monotonic = clock.nanoTime();
      clock.jump(-3_600_000_000L);
      assertThat(clock.wallMicros()).isEqualTo(wall - 3_600_000_000L);
      assertThat(clock.nanoTime()).isEqualTo(monotonic);
    }
  }

  @Test
  void driftIsRelativeToTrueTimeAndStartsWithoutAJump() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      SimulatedClock clock = world.node("n1").clock();
      world.run(() -> world.sleep(SECOND));
      long wall = clock.wallMicros();
      long monotonic = clock.nanoTime();
      long start = world.nowNanos();
      clock.drift(100_000);
      assertThat(clock.nanoTime()).isEqualTo(monotonic);
      assertThat(clock.wallMicros()).isEqualTo(wall);
      world.run(() -> world.sleep(10 * SECOND));
      long elapsed = world.nowNanos() - start;
      assertThat(clock.nanoTime() - monotonic)
          .isBetween(elapsed * 11 / 10 - 2, elapsed * 11 / 10 + 2);
      assertThat(clock.wallMicros() - wall)
          .isCloseTo(elapsed * 11 / 10_000, org.assertj.core.data.Offset.offset(2L));
    }
  }
}
