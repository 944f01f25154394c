// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A question between two clocks whose difference is known, with delays and pauses wherever there
 * can be some. Red when the bound is not one: the planted mistakes below must be found by the same
 * rounds.
 */
final class ClockOffsetTest {
  private static final int ROUNDS = 20_000;
  private static final long SECOND_MICROS = 1_000_000;

  /** What a round shows, in microseconds. */
  private interface Estimate {
    ClockOffset of(long asked, long roundMicros, long other);
  }

  private static final Estimate SHIPPED =
      (asked, round, other) -> ClockOffset.of(asked, round * 1_000, other);

  private static final Map<String, Estimate> MISTAKES =
      Map.of(
          "the way there takes nothing",
          (asked, round, other) -> new ClockOffset(other - asked, round / 2),
          "the way back takes nothing",
          (asked, round, other) -> new ClockOffset(other - asked - round, round / 2),
          "a round has no error",
          (asked, round, other) -> new ClockOffset(other - asked - round / 2, 0),
          "the error is a quarter of the round",
          (asked, round, other) -> new ClockOffset(other - asked - round / 2, round / 4 + 1),
          "the other way round",
          (asked, round, other) -> ClockOffset.of(other, round * 1_000, asked));

  /** The first round whose truth is outside of what the estimate allows; 0: none. */
  private static int broken(Estimate estimate) {
    SplittableRandom random = new SplittableRandom(31);
    for (int round = 1; round <= ROUNDS; round++) {
      long truth = random.nextLong(-3_600 * SECOND_MICROS, 3_600 * SECOND_MICROS);
      long began = random.nextLong(1L << 50);
      long asked = began + pause(random);
      long read = asked + pause(random);
      long ended = read + pause(random);
      ClockOffset offset = estimate.of(asked, ended - began, read + truth);
      if (Math.abs(offset.micros() - truth) > offset.errorMicros()) {
        return round;
      }
    }
    return 0;
  }

  /** Mostly short, now and then very long. */
  private static long pause(SplittableRandom random) {
    return random.nextInt(10) == 0
        ? random.nextLong(SECOND_MICROS / 2)
        : random.nextLong(SECOND_MICROS / 1_000);
  }

  @Test
  void theTruthIsWithinTheErrorWhateverTakesLong() {
    assertThat(broken(SHIPPED)).isZero();
    MISTAKES.forEach((name, mistake) -> assertThat(broken(mistake)).as(name).isPositive());
  }

  @Test
  void onlyWhatIsProvenIsBeyondOrWithin() {
    ClockOffset vague = new ClockOffset(600_000, 200_000);
    assertThat(vague.isBeyond(500_000)).isFalse();
    assertThat(vague.isWithin(500_000)).isFalse();
    assertThat(vague.isBeyond(399_999)).isTrue();
    assertThat(vague.isWithin(800_000)).isTrue();
    assertThat(new ClockOffset(-600_000, 0).isBeyond(500_000)).isTrue();
    assertThat(new ClockOffset(-3_600_000_000L, 5).text()).isEqualTo("3600.000 s behind");
    assertThat(new ClockOffset(700_000, 5).text()).isEqualTo("0.700 s ahead of");
  }
}
