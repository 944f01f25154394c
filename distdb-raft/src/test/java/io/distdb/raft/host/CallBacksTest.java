// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those whose reads have ended are called once each, whatever one of them does. */
class CallBacksTest {
  private final CallBacks callBacks = new CallBacks();
  private final List<String> told = new ArrayList<>();

  private Pending read(String name, Runnable also) {
    return new Pending(
        1,
        new ReadConfirmation() {
          @Override
          public void confirmed() {
            told.add(name);
            also.run();
          }

          @Override
          public void refused(DistDbException why) {
            told.add(name + " " + why.getMessage());
            also.run();
          }
        },
        callBacks);
  }

  @Test
  void whatOneThrowsHoldsUpNobodyElse() {
    read(
            "a",
            () -> {
              throw new IllegalStateException("a does not like it");
            })
        .succeed(null);
    read("b", () -> {}).fail(new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "is refused"));
    callBacks.call();
    assertThat(told).containsExactly("a", "b is refused");
  }

  @Test
  void anErrorEndsTheRoundAndTheNextGoesOnBehindIt() {
    read(
            "a",
            () -> {
              throw new StackOverflowError();
            })
        .succeed(null);
    read("b", () -> {}).succeed(null);
    assertThatThrownBy(callBacks::call).isInstanceOf(StackOverflowError.class);
    callBacks.call();
    assertThat(told).containsExactly("a", "b");
  }

  @Test
  void theFirstEndCounts() {
    Pending read = read("a", () -> {});
    read.succeed(null);
    read.fail(new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "too late"));
    callBacks.call();
    read.succeed(null);
    callBacks.call();
    assertThat(told).containsExactly("a");
  }
}
