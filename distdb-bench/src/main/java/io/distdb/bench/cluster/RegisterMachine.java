// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.storage.LogPosition;
import io.distdb.bench.cluster.door.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The replicated table as a state machine of DistDB; a forced file saves it now and then. */
final class RegisterMachine implements StateMachine {
  /** As etcd does by default. */
  private static final long SAVE_EVERY = 100_000;

  private final Table table = new Table();
  private final Path file;
  private volatile LogPosition applied = LogPosition.START;
  private ConsensusGroup group;
  private long saved;

  /** A put on its way. */
  record PutCommand(Table.Put put) implements Command {
    @Override
    public int encodedSize() {
      return Long.BYTES + put.value().length;
    }

    @Override
    public void encode(ByteBuffer target) {
      target.putLong(put.key()).put(put.value());
    }
  }

  RegisterMachine(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try {
        ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(file));
        restore(new LogPosition(image.getLong(), image.getLong()), image);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** Whose log may go when the table was saved. */
  void belongsTo(ConsensusGroup owner) {
    group = owner;
  }

  byte[] value(long key) {
    return table.get(key);
  }

  private void restore(LogPosition position, ByteBuffer image) {
    table.restore(image);
    applied = position;
    saved = position.index();
  }

  @Override
  public LogPosition applied() {
    return applied;
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    table.apply(((PutCommand) command).put());
    applied = position;
    if (position.index() >= saved + SAVE_EVERY) {
      saved = position.index();
      ByteBuffer image = image();
      Thread.ofPlatform().daemon().name("save").start(() -> save(position, image));
    }
    return null;
  }

  private ByteBuffer image() {
    byte[] values = table.image();
    return ByteBuffer.allocate(16 + values.length)
        .putLong(applied.term())
        .putLong(applied.index())
        .put(values)
        .flip();
  }

  private void save(LogPosition position, ByteBuffer image) {
    write(image);
    group.compact(position);
  }

  private synchronized void write(ByteBuffer image) {
    Path next = file.resolveSibling("next");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(image);
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(file.getParent())) {
        directory.force(true);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public Command decode(Bytes payload) {
    return new PutCommand(Table.Put.decode(ByteBuffer.wrap(payload.array())));
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    LogPosition position = applied;
    sink.accept(ByteBuffer.wrap(table.image()));
    return position;
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    int bytes = 0;
    List<ByteBuffer> parts = new ArrayList<>();
    for (ByteBuffer chunk : chunks) {
      parts.add(ByteBuffer.allocate(chunk.remaining()).put(chunk).flip());
      bytes += parts.getLast().remaining();
    }
    ByteBuffer whole = ByteBuffer.allocate(bytes);
    parts.forEach(whole::put);
    restore(position, whole.flip());
    write(image());
  }

  @Override
  public void leading(long term) {
    // Nothing is held for who leads.
  }

  @Override
  public void following(long term) {
    // Nothing is held for who leads.
  }
}
