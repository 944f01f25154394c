// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.LogPosition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** A journal in one file, as simple as can be, with a bug to be caught, or with none. */
final class PlantedJournal implements Journal {
  enum Bug {
    NONE,
    ACKNOWLEDGES_BEFORE_FORCE,
    IGNORES_CHECKSUMS,
    FORCES_NO_DIRECTORY
  }

  private static final int HEADER_BYTES = 8;
  private static final int FIXED_BYTES = 21;

  private final Disk disk;
  private final Bug bug;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private DiskFile file;
  private long written;
  private boolean closed;

  PlantedJournal(Disk disk, Bug bug) {
    this.disk = disk;
    this.bug = bug;
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public Recovery recover(Consumer<JournalRecord> visitor, Progress progress) {
    if (disk.exists("log")) {
      file = disk.open("log");
    } else {
      file = disk.create("log");
      file.force();
    }
    if (bug != Bug.FORCES_NO_DIRECTORY) {
      disk.forceDirectory("");
    }
    ByteBuffer content = ByteBuffer.allocate((int) file.size());
    file.read(0, content);
    content.flip();
    while (isRecord(content)) {
      visitor.accept(read(content));
    }
    written = content.position();
    file.truncate(written);
    file.force();
    return new Recovery(0, written, 1, 0, true, 0);
  }

  private boolean isRecord(ByteBuffer content) {
    if (content.remaining() < HEADER_BYTES) {
      return false;
    }
    int length = content.getInt(content.position());
    if (length < FIXED_BYTES || length > content.remaining() - HEADER_BYTES) {
      return false;
    }
    int expected = content.getInt(content.position() + 4);
    return bug == Bug.IGNORES_CHECKSUMS
        || checksum(content.array(), content.position() + HEADER_BYTES, length) == expected;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static JournalRecord read(ByteBuffer content) {
    int length = content.getInt();
    content.getInt();
    int kind = content.get();
    ShardId group = new ShardId(content.getInt() & Integer.MAX_VALUE);
    LogPosition position =
        new LogPosition(content.getLong() & Long.MAX_VALUE, content.getLong() & Long.MAX_VALUE);
    Bytes payload = Bytes.read(content, length - FIXED_BYTES);
    return switch (kind) {
      case 1 ->
          new JournalRecord.HardState(
              group, position.term(), Optional.of(new NodeId("n" + payload.toUtf8())));
      case 2 ->
          new JournalRecord.Configuration(
              group, position, List.of(new NodeId("n" + payload.toUtf8())), List.of(), List.of());
      default -> new JournalRecord.Recovered(group, position, payload);
    };
  }

  @Override
  public long append(JournalRecord record) {
    Encoded encoded =
        switch (record) {
          case JournalRecord.Entry entry ->
              new Encoded(0, entry.position(), entry.payload().toBytes());
          case JournalRecord.Recovered entry -> new Encoded(0, entry.position(), entry.payload());
          case JournalRecord.HardState state ->
              new Encoded(1, new LogPosition(state.term(), 0), name(state.vote().orElseThrow()));
          case JournalRecord.Configuration configuration ->
              new Encoded(2, configuration.position(), name(configuration.voters().getFirst()));
          case JournalRecord.SnapshotInstalled snapshot ->
              new Encoded(3, snapshot.position(), Bytes.EMPTY);
        };
    int length = FIXED_BYTES + encoded.payload.length();
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + length);
    buffer.putInt(length).putInt(0).put((byte) encoded.kind).putInt(record.group().value());
    buffer.putLong(encoded.position.term()).putLong(encoded.position.index());
    buffer.put(encoded.payload.array());
    buffer.putInt(4, checksum(buffer.array(), HEADER_BYTES, length));
    pending.writeBytes(buffer.array());
    return written + pending.size();
  }

  private record Encoded(int kind, LogPosition position, Bytes payload) {}

  /** Node ids in the workload begin with an n. */
  private static Bytes name(NodeId id) {
    return Bytes.utf8(id.value().substring(1));
  }

  @Override
  public void force(long offset) {
    file.write(written, ByteBuffer.wrap(pending.toByteArray()));
    written += pending.size();
    pending.reset();
    if (bug != Bug.ACKNOWLEDGES_BEFORE_FORCE) {
      file.force();
    }
  }

  @Override
  public void forceToDisk(long offset) {
    force(offset);
  }

  @Override
  public long forcedOffset() {
    return written;
  }

  @Override
  public long endOffset() {
    return written + pending.size();
  }

  @Override
  public long retainedBytes() {
    return written;
  }

  @Override
  public void purge(Map<ShardId, LogPosition> covered) {
    // Keeping more than is needed is allowed.
  }

  @Override
  public Retention retain(ShardId group, long index) {
    throw new UnsupportedOperationException("the crash check does not read while it writes");
  }

  @Override
  public OptionalLong oldestIndex(ShardId group) {
    throw new UnsupportedOperationException("the crash check does not read while it writes");
  }

  @Override
  public void read(
      ShardId group, long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    throw new UnsupportedOperationException("the crash check does not read while it writes");
  }

  @Override
  public void onWritten(LongConsumer listener) {
    // Nobody listens in the crash check.
  }

  @Override
  public Durability durability() {
    return Durability.SYNC;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      force(endOffset());
      file.close();
    }
  }
}
