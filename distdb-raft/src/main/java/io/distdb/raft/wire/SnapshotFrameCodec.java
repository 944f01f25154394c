// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Membership;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** One frame fills one envelope: version, kind, transfer, then what the kind has. */
public final class SnapshotFrameCodec {
  private static final byte VERSION = 1;
  private static final byte PIECE = 1;
  private static final byte END = 2;
  private static final byte RECEIVED = 3;

  private SnapshotFrameCodec() {}

  public static Bytes encode(SnapshotFrame frame) {
    ByteBuffer target = ByteBuffer.allocate(size(frame)).put(VERSION).put(kind(frame));
    Varint.put(target, frame.transfer().group().value());
    Varint.put(target, frame.transfer().term());
    Varint.put(target, frame.transfer().number());
    switch (frame) {
      case SnapshotFrame.Piece piece -> {
        Varint.put(target, piece.offset());
        target.putInt(piece.crc());
        MessageCodec.putFlag(target, piece.endsChunk());
        Varint.putBytes(target, piece.content());
      }
      case SnapshotFrame.End end -> {
        Varint.put(target, end.length());
        target.putInt(end.crc());
        EntryCodec.put(target, end.position());
        EntryCodec.put(target, end.membership());
      }
      case SnapshotFrame.Received received -> {
        Varint.put(target, received.through());
        MessageCodec.putFlag(target, received.refused());
      }
    }
    return Bytes.wrap(target.array());
  }

  private static int size(SnapshotFrame frame) {
    SnapshotFrame.Transfer transfer = frame.transfer();
    int bytes =
        2
            + Varint.size(transfer.group().value())
            + Varint.size(transfer.term())
            + Varint.size(transfer.number());
    return bytes
        + switch (frame) {
          case SnapshotFrame.Piece piece ->
              Varint.size(piece.offset()) + Integer.BYTES + 1 + Varint.size(piece.content());
          case SnapshotFrame.End end ->
              Varint.size(end.length())
                  + Integer.BYTES
                  + EntryCodec.size(end.position())
                  + EntryCodec.size(end.membership());
          case SnapshotFrame.Received received -> Varint.size(received.through()) + 1;
        };
  }

  private static byte kind(SnapshotFrame frame) {
    return switch (frame) {
      case SnapshotFrame.Piece piece -> PIECE;
      case SnapshotFrame.End end -> END;
      case SnapshotFrame.Received received -> RECEIVED;
    };
  }

  /**
   * @throws IllegalArgumentException nobody of this version writes such bytes
   */
  public static SnapshotFrame decode(Bytes payload) {
    ByteBuffer source = ByteBuffer.wrap(payload.array());
    try {
      SnapshotFrame frame = read(source);
      if (source.hasRemaining()) {
        throw new IllegalArgumentException(source.remaining() + " bytes behind a snapshot's frame");
      }
      return frame;
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a snapshot's frame that is cut off", cut);
    }
  }

  private static SnapshotFrame read(ByteBuffer source) {
    byte version = source.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("a snapshot's frame of version " + version);
    }
    byte kind = source.get();
    SnapshotFrame.Transfer transfer =
        new SnapshotFrame.Transfer(
            new ShardId(Varint.getInt(source)),
            EntryCodec.number(source),
            EntryCodec.number(source));
    return switch (kind) {
      case PIECE ->
          new SnapshotFrame.Piece(
              transfer,
              EntryCodec.number(source),
              source.getInt(),
              MessageCodec.flag(source),
              Varint.getBytes(source));
      case END -> {
        long length = EntryCodec.number(source);
        int crc = source.getInt();
        LogPosition position = EntryCodec.position(source);
        Membership membership = EntryCodec.membership(source);
        yield new SnapshotFrame.End(transfer, length, crc, position, membership);
      }
      case RECEIVED ->
          new SnapshotFrame.Received(
              transfer, EntryCodec.number(source), MessageCodec.flag(source));
      default -> throw new IllegalArgumentException("no snapshot's frame has the kind " + kind);
    };
  }
}
