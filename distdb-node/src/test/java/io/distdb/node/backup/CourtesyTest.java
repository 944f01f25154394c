// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CourtesyTest {
  private static final long PIECE_NANOS = 1_000_000;
  private static final int PIECES = 100;

  @Test
  void whileOthersCommitAFifthOfTheTimeIsWork() {
    assertThat(seconds(20, 1)).isBetween(0.49, 0.52);
  }

  @Test
  void whileNobodyCommitsNothingWaits() {
    assertThat(seconds(20, 0)).isBetween(0.1, 0.11);
  }

  @Test
  void theWholeTimeMayBeWork() {
    assertThat(seconds(100, 1)).isBetween(0.1, 0.11);
  }

  @Test
  void whoeverWatchesMayEndAPause() {
    AtomicLong heard = new AtomicLong();
    AtomicLong commits = new AtomicLong();
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        Courtesy courtesy =
            new Courtesy(
                bytes -> {
                  if (heard.incrementAndGet() == 3) {
                    throw new IllegalStateException("enough");
                  }
                },
                commits::incrementAndGet,
                1,
                node.clock(),
                node.scheduler());
        node.scheduler().newWaiter().await(1_000_000_000);
        assertThatThrownBy(() -> courtesy.at(1)).hasMessage("enough");
      });
    }
    assertThat(heard.get()).isEqualTo(3);
  }

  /** How long a hundred pieces take that each take a millisecond. */
  private static double seconds(int sharePercent, int commitsEachLook) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        AtomicLong nanos = new AtomicLong();
        node.scheduler()
            .start("writer", () -> work(node, sharePercent, commitsEachLook, nanos))
            .join();
        return nanos.get() / 1e9;
      });
    }
  }

  private static void work(
      SimulatedNode node, int sharePercent, int commitsEachLook, AtomicLong nanos) {
    AtomicLong commits = new AtomicLong();
    long began = node.clock().nanoTime();
    Courtesy courtesy =
        new Courtesy(
            bytes -> {},
            () -> commits.addAndGet(commitsEachLook),
            sharePercent,
            node.clock(),
            node.scheduler());
    for (int piece = 1; piece <= PIECES; piece++) {
      node.scheduler().newWaiter().await(PIECE_NANOS);
      courtesy.at(piece);
    }
    nanos.set(node.clock().nanoTime() - began);
  }
}
