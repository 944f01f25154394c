// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.raft.wire.SnapshotFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A snapshot that is coming: collected in memory until it is whole. Used by who has the host's
 * turn.
 */
final class SnapshotArrival {
  /** What became of a frame. */
  enum Step {
    /** It was taken, or was there already, or something before it is missing. */
    GOES_ON,
    /** All is there, and as it was sent. */
    WHOLE,
    /** It cannot be taken. */
    REFUSED
  }

  private final NodeId from;
  private final SnapshotFrame.Transfer transfer;
  private final long bytesMax;
  private final List<List<Bytes>> chunks = new ArrayList<>();
  private final CRC32C whole = new CRC32C();
  private boolean chunkEnded = true;
  private long received;
  private int idleTicks;

  SnapshotArrival(NodeId from, SnapshotFrame.Transfer transfer, long bytesMax) {
    this.from = from;
    this.transfer = transfer;
    this.bytesMax = bytesMax;
  }

  boolean is(NodeId sender, SnapshotFrame.Transfer other) {
    return from.equals(sender) && transfer.equals(other);
  }

  /** Whether {@code other} was begun later. */
  boolean isBefore(SnapshotFrame.Transfer other) {
    return transfer.term() < other.term()
        || transfer.term() == other.term() && transfer.number() < other.number();
  }

  long received() {
    return received;
  }

  /** How many ticks nothing has come, this one included. */
  int tick() {
    return ++idleTicks;
  }

  Step take(SnapshotFrame.Piece piece) {
    idleTicks = 0;
    if (piece.offset() != received) {
      return Step.GOES_ON;
    }
    CRC32C crc = new CRC32C();
    crc.update(piece.content().array());
    if ((int) crc.getValue() != piece.crc() || received + piece.content().length() > bytesMax) {
      return Step.REFUSED;
    }
    if (chunkEnded) {
      chunks.add(new ArrayList<>());
    }
    chunks.getLast().add(piece.content());
    chunkEnded = piece.endsChunk();
    whole.update(piece.content().array());
    received += piece.content().length();
    return Step.GOES_ON;
  }

  Step take(SnapshotFrame.End end) {
    idleTicks = 0;
    if (received != end.length()) {
      return received < end.length() ? Step.GOES_ON : Step.REFUSED;
    }
    return chunkEnded && (int) whole.getValue() == end.crc() ? Step.WHOLE : Step.REFUSED;
  }

  /** The chunks as the state machine wrote them, put together one at a time. */
  Iterable<ByteBuffer> chunks() {
    return () -> chunks.stream().map(SnapshotArrival::joined).iterator();
  }

  private static ByteBuffer joined(List<Bytes> pieces) {
    if (pieces.size() == 1) {
      return ByteBuffer.wrap(pieces.getFirst().array());
    }
    ByteBuffer chunk = ByteBuffer.allocate(pieces.stream().mapToInt(Bytes::length).sum());
    pieces.forEach(piece -> chunk.put(piece.array()));
    return chunk.flip();
  }
}
