// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static List<Long> pauses(Backoff backoff, int count) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pauses.add(backoff.nextNanos());
    }
    return pauses;
  }

  @Test
  void pausesDoubleUpToTheLongestAndStartAnewAfterSuccess() {
    for (long seed = 0; seed < 100; seed++) {
      Backoff backoff = new Backoff(10, 50, new SplittableRandom(seed));
      List<Long> pauses = pauses(backoff, 6);
      List<Long> bounds = List.of(10L, 20L, 40L, 50L, 50L, 50L);
      for (int i = 0; i < bounds.size(); i++) {
        assertThat(pauses.get(i)).isBetween(bounds.get(i) / 2, bounds.get(i));
      }
      backoff.reset();
      assertThat(backoff.nextNanos()).isBetween(5L, 10L);
    }
  }

  @Test
  void aSeedRepeatsItsPausesAndAnotherHasOthers() {
    List<Long> some = pauses(new Backoff(1_000, 1_000_000, new SplittableRandom(1)), 20);
    assertThat(pauses(new Backoff(1_000, 1_000_000, new SplittableRandom(1)), 20)).isEqualTo(some);
    assertThat(pauses(new Backoff(1_000, 1_000_000, new SplittableRandom(2)), 20))
        .isNotEqualTo(some);
  }

  @Test
  void theLongestBoundDoesNotOverflow() {
    Backoff backoff = new Backoff(1, Long.MAX_VALUE, new SplittableRandom(1));
    assertThat(pauses(backoff, 100)).allMatch(pause -> pause >= 0);
  }
}
