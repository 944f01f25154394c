// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a record, big-endian, format version 1 (docs/formats/journal.md).
 *
 * <pre>
 * offset size meaning
 *      0    4 CRC32C of bytes 4 to the end, padding included, XOR seed(epoch, offset of the record)
 *      4    4 payload length
 *      8    4 CRC field of the record before, or of the segment header
 *     12    1 kind: 1 entry, 2 hard state, 3 configuration, 4 snapshot installed, 5 closing mark,
 *             6 joint configuration
 *     13    3 zero
 *     16    4 group
 *     20    8 term
 *     28    8 index
 *     36    8 proven: journal offset below which everything was forced before this was written
 *     44    n payload, then zeros to a multiple of 8
 * </pre>
 *
 * <p>The seed ties a record to its place: what a recycled file still holds, or what the disk wrote
 * to the wrong place, has a wrong checksum. As CRC is linear, XOR with a seed detects exactly what
 * a CRC that starts from that seed would.
 */
final class RecordFormat {
  static final int HEADER_BYTES = 44;
  static final int ALIGNMENT = 8;
  static final int LENGTH_AT = 4;
  static final int PREVIOUS_AT = 8;
  static final int KIND_AT = 12;
  static final int GROUP_AT = 16;
  static final int TERM_AT = 20;
  static final int INDEX_AT = 28;
  static final int PROVEN_AT = 36;

  static final byte ENTRY = 1;
  static final byte HARD_STATE = 2;
  static final byte CONFIGURATION = 3;
  static final byte SNAPSHOT_INSTALLED = 4;
  static final byte CLOSING_MARK = 5;
  static final byte JOINT_CONFIGURATION = 6;

  private RecordFormat() {}

  /** Bytes of a whole record, padding included. */
  static long recordBytes(long payloadBytes) {
    return (HEADER_BYTES + payloadBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static int payloadBytes(JournalRecord record) {
    return switch (record) {
      case JournalRecord.Entry entry -> entry.payload().encodedSize();
      case JournalRecord.Recovered recovered -> recovered.payload().length();
      case JournalRecord.HardState state -> state.vote().map(RecordFormat::idBytes).orElse(0);
      case JournalRecord.Configuration configuration ->
          idsBytes(configuration.voters())
              + idsBytes(configuration.learners())
              + (isJoint(configuration) ? idsBytes(configuration.outgoing()) : 0);
      case JournalRecord.SnapshotInstalled snapshot -> 0;
    };
  }

  private static boolean isJoint(JournalRecord.Configuration configuration) {
    return !configuration.outgoing().isEmpty();
  }

  private static int idBytes(NodeId id) {
    return Varint.size(Bytes.utf8(id.value()));
  }

  private static int idsBytes(List<NodeId> ids) {
    int bytes = Varint.size(ids.size());
    for (NodeId id : ids) {
      bytes += idBytes(id);
    }
    return bytes;
  }

  /** Puts everything but the checksum at the buffer's position, which moves past the record. */
  static void put(
      ByteBuffer target, JournalRecord record, int payloadBytes, int previous, long proven) {
    int start = target.position();
    int end = start + (int) recordBytes(payloadBytes);
    putHeader(target, kind(record), record.group().value(), payloadBytes, previous, proven);
    LogPosition position = position(record);
    target.putLong(start + TERM_AT, position.term());
    target.putLong(start + INDEX_AT, position.index());
    putPayload(target, record);
    Invariant.check(
        target.position() == start + HEADER_BYTES + payloadBytes,
        "a payload wrote another size than it announced");
    pad(target, end);
  }

  static void putClosingMark(ByteBuffer target, int previous, long proven) {
    int end = target.position() + (int) recordBytes(0);
    putHeader(target, CLOSING_MARK, 0, 0, previous, proven);
    pad(target, end);
  }

  private static void putHeader(
      ByteBuffer target, byte kind, int group, int payloadBytes, int previous, long proven) {
    target.putInt(0).putInt(payloadBytes).putInt(previous).putInt(kind << 24).putInt(group);
    target.putLong(0).putLong(0).putLong(proven);
  }

  private static void pad(ByteBuffer target, int end) {
    while (target.position() < end) {
      target.put((byte) 0);
    }
  }

  private static byte kind(JournalRecord record) {
    return switch (record) {
      case JournalRecord.Entry entry -> ENTRY;
      case JournalRecord.Recovered recovered -> ENTRY;
      case JournalRecord.HardState state -> HARD_STATE;
      case JournalRecord.Configuration configuration ->
          isJoint(configuration) ? JOINT_CONFIGURATION : CONFIGURATION;
      case JournalRecord.SnapshotInstalled snapshot -> SNAPSHOT_INSTALLED;
    };
  }

  private static LogPosition position(JournalRecord record) {
    return switch (record) {
      case JournalRecord.Entry entry -> entry.position();
      case JournalRecord.Recovered recovered -> recovered.position();
      case JournalRecord.HardState state -> new LogPosition(state.term(), 0);
      case JournalRecord.Configuration configuration -> configuration.position();
      case JournalRecord.SnapshotInstalled snapshot -> snapshot.position();
    };
  }

  private static void putPayload(ByteBuffer target, JournalRecord record) {
    switch (record) {
      case JournalRecord.Entry entry -> entry.payload().encode(target);
      case JournalRecord.Recovered recovered -> target.put(recovered.payload().array());
      case JournalRecord.HardState state -> state.vote().ifPresent(vote -> putId(target, vote));
      case JournalRecord.Configuration configuration -> {
        putIds(target, configuration.voters());
        putIds(target, configuration.learners());
        if (isJoint(configuration)) {
          putIds(target, configuration.outgoing());
        }
      }
      case JournalRecord.SnapshotInstalled snapshot -> {}
    }
  }

  private static void putId(ByteBuffer target, NodeId id) {
    Varint.putBytes(target, Bytes.utf8(id.value()));
  }

  private static void putIds(ByteBuffer target, List<NodeId> ids) {
    Varint.put(target, ids.size());
    for (NodeId id : ids) {
      putId(target, id);
    }
  }

  /**
   * The checksum of the record at {@code start} of {@code buffer}, whose position and limit stay.
   */
  static int checksum(CRC32C crc, ByteBuffer buffer, int start, int end, int seed) {
    int position = buffer.position();
    int limit = buffer.limit();
    crc.reset();
    buffer.limit(end).position(start + LENGTH_AT);
    crc.update(buffer);
    buffer.limit(limit).position(position);
    return (int) crc.getValue() ^ seed;
  }

  /** Mixes 128 bits into 32. Finalizer constants: Steele, Lea, Flood, SplitMix (OOPSLA 2014). */
  static int seed(long epoch, long offset) {
    long mixed = epoch * 0x9e3779b97f4a7c15L + offset;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) (mixed ^ (mixed >>> 31));
  }

  /**
   * Reads the record at {@code start} of a checked buffer back; empty for a closing mark.
   *
   * @throws IllegalArgumentException or {@link java.nio.BufferUnderflowException}: a kind or
   *     payload that no version 1 writer makes
   */
  static Optional<JournalRecord> read(ByteBuffer buffer, int start) {
    ByteBuffer payload =
        buffer
            .duplicate()
            .position(start + HEADER_BYTES)
            .limit(start + HEADER_BYTES + buffer.getInt(start + LENGTH_AT));
    byte kind = buffer.get(start + KIND_AT);
    if (kind == CLOSING_MARK) {
      return Optional.empty();
    }
    ShardId group = new ShardId(buffer.getInt(start + GROUP_AT));
    LogPosition position =
        new LogPosition(buffer.getLong(start + TERM_AT), buffer.getLong(start + INDEX_AT));
    return Optional.of(
        switch (kind) {
          case ENTRY ->
              new JournalRecord.Recovered(
                  group, position, Bytes.read(payload, payload.remaining()));
          case HARD_STATE ->
              new JournalRecord.HardState(
                  group,
                  position.term(),
                  payload.hasRemaining() ? Optional.of(readId(payload)) : Optional.empty());
          case CONFIGURATION, JOINT_CONFIGURATION -> configuration(kind, group, position, payload);
          case SNAPSHOT_INSTALLED -> new JournalRecord.SnapshotInstalled(group, position);
          default -> throw new IllegalArgumentException("no journal record has the kind " + kind);
        });
  }

  private static JournalRecord configuration(
      byte kind, ShardId group, LogPosition position, ByteBuffer payload) {
    List<NodeId> voters = readIds(payload);
    List<NodeId> learners = readIds(payload);
    List<NodeId> outgoing = kind == JOINT_CONFIGURATION ? readIds(payload) : List.of();
    return new JournalRecord.Configuration(group, position, voters, outgoing, learners);
  }

  private static NodeId readId(ByteBuffer source) {
    return new NodeId(Varint.getBytes(source).toUtf8());
  }

  private static List<NodeId> readIds(ByteBuffer source) {
    int count = Varint.getInt(source);
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(readId(source));
    }
    return ids;
  }
}
