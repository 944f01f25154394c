// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import io.distdb.testkit.checker.RegisterModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A few registers of {@link RegisterModel}; they live in memory, so each life begins from the log.
 */
final class RegistersMachine implements StateMachine {
  static final int REGISTERS = 6;

  /** A change of one. */
  record Change(int register, Optional<Long> expected, long value) implements Command {
    @Override
    public int encodedSize() {
      return 4 + (expected.isPresent() ? 16 : 8);
    }

    @Override
    public void encode(ByteBuffer target) {
      target.putInt(register);
      target.putLong(value);
      expected.ifPresent(target::putLong);
    }
  }

  private LogPosition applied = LogPosition.START;
  private final long[] values = new long[REGISTERS];

  synchronized long value(int register) {
    return values[register];
  }

  @Override
  public synchronized String toString() {
    return applied + " " + Arrays.toString(values);
  }

  @Override
  public synchronized LogPosition applied() {
    return applied;
  }

  @Override
  public synchronized Object apply(LogPosition position, Command command) {
    Invariant.check(
        position.index() > applied.index() && position.term() >= applied.term(),
        "applied %s behind %s",
        position,
        applied);
    applied = position;
    Change change = (Change) command;
    int at = change.register();
    boolean changes = change.expected().isEmpty() || change.expected().get() == values[at];
    values[at] = changes ? change.value() : values[at];
    return new RegisterModel.Answer.Done(changes);
  }

  @Override
  public Command decode(Bytes payload) {
    ByteBuffer source = ByteBuffer.wrap(payload.array());
    int register = source.getInt();
    long value = source.getLong();
    return new Change(
        register, source.hasRemaining() ? Optional.of(source.getLong()) : Optional.empty(), value);
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    throw new UnsupportedOperationException("nothing is compacted here");
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    throw new UnsupportedOperationException("nothing is compacted here");
  }

  @Override
  public void leading(long term) {
    // It has no locks.
  }

  @Override
  public void following(long term) {
    // It has no locks.
  }
}
