// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.raft.wire.SnapshotFrame;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot that is coming: collected until it is whole. Used by who has the host's turn. */
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

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotArrival.class);

  private final NodeId from;
  private final SnapshotFrame.Transfer transfer;
  private final long bytesMax;
  private final PieceStore store;
  private final CRC32C whole = new CRC32C();
  private boolean chunkEnded = true;
  private long received;
  private int idleTicks;

  SnapshotArrival(NodeId from, SnapshotFrame.Transfer transfer, long bytesMax, PieceStore store) {
    this.from = from;
    this.transfer = transfer;
    this.bytesMax = bytesMax;
    this.store = store;
  }

  /**
   * What came in an earlier life of this node.
   *
   * @return null: nothing that can be gone on with
   */
  static SnapshotArrival goOn(PieceFile.Left left, long bytesMax) {
    SnapshotArrival arrival = null;
    for (SnapshotFrame.Piece piece = left.file().takeUp();
        piece != null;
        piece = left.file().takeUp()) {
      if (arrival == null) {
        arrival = new SnapshotArrival(left.from(), piece.transfer(), bytesMax, left.file());
      }
      if (piece.offset() != arrival.received || !piece.transfer().equals(arrival.transfer)) {
        arrival = null;
        break;
      }
      arrival.count(piece);
    }
    if (arrival == null) {
      left.file().discard();
    }
    return arrival;
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
    try {
      store.add(piece);
    } catch (DistDbException noRoom) {
      LOG.error(
          "the snapshot of shard {} cannot be kept: {}", transfer.group(), noRoom.getMessage());
      return Step.REFUSED;
    }
    count(piece);
    return Step.GOES_ON;
  }

  private void count(SnapshotFrame.Piece piece) {
    chunkEnded = piece.endsChunk();
    whole.update(piece.content().array());
    received += piece.content().length();
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
    return PieceStore.chunks(store);
  }

  /** Nobody needs it any more. */
  void discard() {
    store.discard();
  }

  /** The host ends; another life may go on with it. */
  void close() {
    store.close();
  }
}
