// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.List;
import java.util.Objects;

/**
 * A transaction over lists of numbers. A value is appended to a key at most once in a history.
 *
 * @param process who ran it, for messages
 * @param steps in the order in which they ran; of one that is not known to have committed, reads
 *     are not judged
 * @param invokedAt when it began, on a clock that all transactions share
 * @param returnedAt when its outcome was known
 */
public record ListAppendTransaction(
    long process, List<Step> steps, Outcome outcome, long invokedAt, long returnedAt) {
  public ListAppendTransaction {
    steps = List.copyOf(steps);
    Objects.requireNonNull(outcome, "outcome");
  }

  /** One step. */
  public sealed interface Step {
    long key();
  }

  public record Append(long key, long value) implements Step {}

  /** The whole list as it was read. */
  public record Read(long key, List<Long> values) implements Step {
    public Read {
      values = List.copyOf(values);
    }
  }
}
