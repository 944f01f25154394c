// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.testkit.checker.MonotonicChecker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Timestamps of commits and those handed out for themselves: none comes twice, and what was asked
 * for after another one had come is above it, whoever leads and whatever the clocks say.
 */
final class Stamps implements Patron {
  private final LongSupplier now;
  private final List<MonotonicChecker.Read> history = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private int asked;

  Stamps(LongSupplier now) {
    this.now = now;
  }

  /** A commit that wrote came back with this timestamp. */
  void add(long timestamp, long invokedAt) {
    assertThat(seen.add(timestamp)).as("timestamp %d is the only one", timestamp).isTrue();
    history.add(new MonotonicChecker.Read(0, timestamp, invokedAt, now.getAsLong()));
  }

  @Override
  public void ask(Member.Life life) {
    long begun = now.getAsLong();
    try {
      long timestamp = life.manager().timestamps().next();
      add(timestamp, begun);
      asked++;
    } catch (DistDbException refusal) {
      Ending.of(refusal);
    }
  }

  @Override
  public void check(Member.Life leader) {
    new MonotonicChecker(true).check(history).assertSound();
  }

  @Override
  public int answered() {
    return asked;
  }
}
