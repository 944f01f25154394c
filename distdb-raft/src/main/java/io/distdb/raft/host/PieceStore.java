// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.raft.wire.SnapshotFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Where the pieces of a snapshot that comes are kept, in their order. Host's thread. */
interface PieceStore {
  /**
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}, {@code IO_ERROR}
   */
  void add(SnapshotFrame.Piece piece);

  /** All that were added, from the first; one walk at a time. */
  Iterator<SnapshotFrame.Piece> pieces();

  /** Nobody needs them any more. */
  void discard();

  /** They stay for another life, if they can. */
  void close();

  /** Pieces put together to the chunks that the state machine wrote, one at a time. */
  static Iterable<ByteBuffer> chunks(PieceStore store) {
    return () ->
        new Iterator<>() {
          private final Iterator<SnapshotFrame.Piece> pieces = store.pieces();

          @Override
          public boolean hasNext() {
            return pieces.hasNext();
          }

          @Override
          public ByteBuffer next() {
            List<Bytes> parts = new ArrayList<>();
            SnapshotFrame.Piece piece;
            do {
              piece = pieces.next();
              parts.add(piece.content());
            } while (!piece.endsChunk());
            return joined(parts);
          }
        };
  }

  private static ByteBuffer joined(List<Bytes> parts) {
    if (parts.size() == 1) {
      return ByteBuffer.wrap(parts.getFirst().array());
    }
    ByteBuffer chunk = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::length).sum());
    parts.forEach(part -> chunk.put(part.array()));
    return chunk.flip();
  }

  /** In memory. */
  final class InMemory implements PieceStore {
    private final List<SnapshotFrame.Piece> pieces = new ArrayList<>();

    @Override
    public void add(SnapshotFrame.Piece piece) {
      pieces.add(piece);
    }

    @Override
    public Iterator<SnapshotFrame.Piece> pieces() {
      return pieces.iterator();
    }

    @Override
    public void discard() {
      pieces.clear();
    }

    @Override
    public void close() {
      pieces.clear();
    }
  }
}
