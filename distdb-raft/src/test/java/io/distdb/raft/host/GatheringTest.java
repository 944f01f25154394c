// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static io.distdb.raft.host.Gathering.WAIT_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {
  private final Gathering gathering = new Gathering();

  @Test
  void whoAsksAloneWaitsForNobody() {
    assertThat(gathering.nanosLeft(1, 0, 5)).isZero();
    assertThat(gathering.nanosLeft(1, 0, 6)).isZero();
  }

  @Test
  void asManyAsAreUnderWayGo() {
    assertThat(gathering.nanosLeft(7, 8, 5)).isPositive();
    assertThat(gathering.nanosLeft(8, 8, 6)).isZero();
  }

  @Test
  void fewerGoWhenWhatWasUnderWayIsAnswered() {
    assertThat(gathering.nanosLeft(2, 8, 5)).isPositive();
    assertThat(gathering.nanosLeft(2, 0, 6)).isZero();
  }

  @Test
  void noneWaitsLongerThanTheFirstMay() {
    assertThat(gathering.nanosLeft(1, 8, 100)).isEqualTo(WAIT_NANOS);
    assertThat(gathering.nanosLeft(3, 8, 100 + WAIT_NANOS - 1)).isEqualTo(1);
    assertThat(gathering.nanosLeft(4, 8, 100 + WAIT_NANOS)).isZero();
    // Who comes after begins to wait anew.
    assertThat(gathering.nanosLeft(1, 8, 100 + WAIT_NANOS + 5)).isEqualTo(WAIT_NANOS);
  }
}
