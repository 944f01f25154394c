// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void tenMebibytesAtOneASecondTakeTenSeconds() {
    assertThat(seconds(MEBIBYTE, 10 * MEBIBYTE, 65_536)).isBetween(9.8, 10.2);
  }

  @Test
  void onePieceAboveTheBurstWaitsForItself() {
    assertThat(seconds(MEBIBYTE, 10 * MEBIBYTE, 5 * MEBIBYTE)).isBetween(9.8, 10.2);
  }

  @Test
  void withoutALimitNothingWaits() {
    assertThat(seconds(0, 10 * MEBIBYTE, 65_536)).isLessThan(0.001);
  }

  @Test
  void whoeverIsAskedMeanwhileMayEndTheWait() {
    AtomicLong asked = new AtomicLong();
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        Pace pace = new Pace(1_000, node.clock(), node.scheduler());
        assertThatThrownBy(() ->
                pace.spend(
                    1_000_000,
                    () -> {
                      if (asked.incrementAndGet() == 10) {
                        throw new IllegalStateException("enough");
                      }
                    }))
            .hasMessage("enough");
      });
    }
    assertThat(asked.get()).isEqualTo(10);
  }

  private static double seconds(long limit, long bytes, long piece) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        AtomicLong nanos = new AtomicLong();
        node.scheduler()
            .start(
                "writer",
                () -> {
                  Pace pace = new Pace(limit, node.clock(), node.scheduler());
                  long began = node.clock().nanoTime();
                  for (long done = 0; done < bytes; done += piece) {
                    pace.spend(piece, () -> {});
                  }
                  nanos.set(node.clock().nanoTime() - began);
                })
            .join();
        return nanos.get() / 1e9;
      });
    }
  }
}
