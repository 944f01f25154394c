// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.Objects;
import java.util.Optional;

/**
 * One operation of a history. Operations that certainly did not happen are left out.
 *
 * @param process who asked, for messages
 * @param output empty when no answer came: it may have happened at any time after
 * @param invokedAt any clock that all operations share
 * @param returnedAt of the same clock; {@link #NEVER} without an answer. An operation that returns
 *     at the moment at which another begins counts as concurrent with it
 */
public record Operation<I, O>(
    long process, I input, Optional<O> output, long invokedAt, long returnedAt) {
  public static final long NEVER = Long.MAX_VALUE;

  public Operation {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    if (returnedAt < invokedAt) {
      throw new IllegalArgumentException(
          "returned at " + returnedAt + ", before it began at " + invokedAt);
    }
    if (output.isEmpty()) {
      returnedAt = NEVER;
    }
  }

  public static <I, O> Operation<I, O> answered(
      long process, I input, O output, long invokedAt, long returnedAt) {
    return new Operation<>(process, input, Optional.of(output), invokedAt, returnedAt);
  }

  public static <I, O> Operation<I, O> unanswered(long process, I input, long invokedAt) {
    return new Operation<>(process, input, Optional.empty(), invokedAt, NEVER);
  }
}
