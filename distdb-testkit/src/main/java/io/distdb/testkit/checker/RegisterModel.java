// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.Optional;

/** A register that holds a number, 0 at first. Reads answer the value, the others whether done. */
public final class RegisterModel
    implements SequentialModel<Long, RegisterModel.Request, RegisterModel.Answer> {
  /** What may be asked of a register. */
  public sealed interface Request {
    record Read() implements Request {}

    record Write(long value) implements Request {}

    record CompareAndSet(long expected, long value) implements Request {}
  }

  /** What a register answers. */
  public sealed interface Answer {
    record Value(long value) implements Answer {}

    record Done(boolean changed) implements Answer {}
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Optional<Long> next(Long state, Request input, Optional<Answer> output) {
    return switch (input) {
      case Request.Read read -> answer(state, output, new Answer.Value(state));
      case Request.Write write -> answer(write.value(), output, new Answer.Done(true));
      case Request.CompareAndSet change -> {
        boolean matches = state == change.expected();
        yield answer(matches ? change.value() : state, output, new Answer.Done(matches));
      }
    };
  }

  private static Optional<Long> answer(long next, Optional<Answer> actual, Answer expected) {
    return actual.isEmpty() || actual.get().equals(expected) ? Optional.of(next) : Optional.empty();
  }
}
