// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import io.distdb.testkit.checker.RegisterModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A few registers of {@link RegisterModel}; they live in memory, so each life begins from what was
 * last saved, and the log behind it.
 */
class RegistersMachine implements StateMachine {
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

  /** What survives a crash: as a checkpoint that is on the disk whole or not at all. */
  static final class Saved {
    private LogPosition applied = LogPosition.START;
    private long[] values = new long[REGISTERS];
    private int installed;
    private boolean forced;
    private boolean noRoom;
    private int refused;

    /** Whether the disk has room for no state more. */
    void noRoom(boolean none) {
      noRoom = none;
    }

    /** How many states had no room. */
    int refused() {
      return refused;
    }

    /** The log before the snapshot is on the disk. */
    void noteForced() {
      forced = true;
    }

    boolean isForced() {
      return forced;
    }

    /** How many snapshots have come. */
    int installed() {
      return installed;
    }
  }

  private final Saved saved;
  private LogPosition applied;
  private final long[] values;

  RegistersMachine(Saved saved) {
    this.saved = saved;
    applied = saved.applied;
    values = saved.values.clone();
  }

  /** Makes what is applied last; the log through the position that is returned may go. */
  synchronized LogPosition checkpoint() {
    saved.applied = applied;
    saved.values = values.clone();
    return applied;
  }

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

  /** A chunk for the registers, one by one: small, so that each is cut into pieces. */
  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    LogPosition position;
    long[] copy;
    synchronized (this) {
      position = applied;
      copy = values.clone();
    }
    chunks(position, copy).forEach(sink);
    return position;
  }

  private static List<ByteBuffer> chunks(LogPosition position, long[] values) {
    return Arrays.stream(values)
        .mapToObj(value ->
            ByteBuffer.allocate(24)
                .putLong(position.term())
                .putLong(position.index())
                .putLong(value)
                .flip())
        .toList();
  }

  /** A snapshot of untouched registers. */
  static List<ByteBuffer> at(LogPosition position) {
    return chunks(position, new long[REGISTERS]);
  }

  @Override
  public synchronized void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    Invariant.check(position.index() > applied.index(), "snapshot %s behind %s", position, applied);
    if (saved.noRoom) {
      saved.refused++;
      throw new DistDbException(ErrorCode.DISK_FULL, "no room for the state of " + position);
    }
    int register = 0;
    for (ByteBuffer chunk : chunks) {
      LogPosition holds = new LogPosition(chunk.getLong(), chunk.getLong());
      Invariant.check(holds.equals(position), "snapshot %s is one of %s", position, holds);
      values[register++] = chunk.getLong();
    }
    Invariant.check(register == REGISTERS, "a snapshot of %d registers", register);
    applied = position;
    checkpoint();
    saved.installed++;
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
