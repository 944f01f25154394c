// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import org.junit.jupiter.api.Test;

/** Which reads share a round, and which are begun by their callers. */
class ReadRequestsTest {
  private final ReadRequests reads = new ReadRequests();
  private final CallBacks callBacks = new CallBacks();

  private Pending ask() {
    Pending read =
        new Pending(
            1,
            new ReadConfirmation() {
              @Override
              public void confirmed() {}

              @Override
              public void refused(DistDbException why) {}
            },
            callBacks);
    reads.add(read);
    return read;
  }

  private void readAlone(int times) {
    for (int i = 0; i < times; i++) {
      ask();
      reads.end(reads.begin(read -> false));
    }
  }

  @Test
  void whatWasAskedForSharesARound() {
    Pending first = ask();
    Pending second = ask();
    assertThat(reads.end(reads.begin(read -> read == second))).containsExactly(first);
    assertThat(reads.begin(read -> false)).as("nobody is left").isEqualTo(-1);
  }

  @Test
  void whoHasComeAloneForLongBeginsAtOnceButNowAndThen() {
    assertThat(reads.goesAtOnce()).isFalse();
    readAlone(ReadRequests.ALONE_IN_A_ROW + 1);
    assertThat(reads.goesAtOnce()).isTrue();
    readAlone(ReadRequests.ALONE_IN_A_ROW - 1);
    assertThat(reads.goesAtOnce()).as("others may have come").isFalse();
    readAlone(1);
    assertThat(reads.goesAtOnce()).isTrue();
  }

  @Test
  void whoComesWithOthersOrBehindThemDoesNot() {
    readAlone(ReadRequests.ALONE_IN_A_ROW + 1);
    ask();
    long round = reads.begin(read -> false);
    assertThat(reads.goesAtOnce()).as("one is under way").isFalse();
    reads.end(round);
    assertThat(reads.goesAtOnce()).isTrue();
    ask();
    ask();
    reads.end(reads.begin(read -> false));
    readAlone(1);
    assertThat(reads.goesAtOnce()).as("they were two").isFalse();
  }
}
