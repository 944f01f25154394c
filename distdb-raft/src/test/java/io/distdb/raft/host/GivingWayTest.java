// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.HostedCluster.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import org.junit.jupiter.api.Test;

class GivingWayTest {
  private static final int FIFTH = 20;
  private static final long HELD_BACK = 4_000;

  private long now;
  private long applied;

  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return now;
        }

        @Override
        public long wallMicros() {
          return now / 1_000;
        }
      };

  private final GivingWay giving =
      new GivingWay(() -> applied, SnapshotLimits.DEFAULT.givingWay(FIFTH, HELD_BACK), clock);

  private long work(long nanos, long bytesOfOthers) {
    giving.begin();
    now += nanos;
    applied += bytesOfOthers;
    return giving.end();
  }

  @Test
  void worksItsShareOfTheTimeWhileOthersAreServed() {
    assertThat(work(10 * MILLI, 1)).isEqualTo(40 * MILLI);
    assertThat(work(10 * MILLI, 1)).isEqualTo(40 * MILLI);
  }

  @Test
  void neverRestsWhileNobodyIsServed() {
    assertThat(work(10 * MILLI, 0)).isZero();
  }

  @Test
  void doesNotCountWhatItWaitsFor() {
    work(10 * MILLI, 1);
    now += 1_000 * MILLI;
    assertThat(work(10 * MILLI, 1)).isEqualTo(40 * MILLI);
  }

  @Test
  void putsShortRestsTogether() {
    assertThat(work(MILLI / 10, 1)).isZero();
    assertThat(work(MILLI / 10, 1)).isZero();
    assertThat(work(MILLI / 10, 1)).isEqualTo(12 * MILLI / 10);
  }

  @Test
  void neverRestsOnceMuchWaitsForTheFollower() {
    assertThat(work(10 * MILLI, HELD_BACK / 4)).isPositive();
    assertThat(work(10 * MILLI, 1)).isZero();
  }
}
