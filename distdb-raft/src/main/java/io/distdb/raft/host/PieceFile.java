// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.raft.wire.SnapshotFrame;
import io.distdb.raft.wire.SnapshotFrameCodec;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The pieces of a snapshot that comes, in a file, so that a node that is started anew goes on where
 * it was. Nothing is forced: what a power loss takes is sent again.
 *
 * <pre>
 * record: length (4 bytes), CRC32C of the content (4 bytes), content
 * first record: the version (1 byte), the sender's id (UTF-8); each other one: a piece's frame
 * </pre>
 */
final class PieceFile implements PieceStore {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 8;
  private static final int RECORD_BYTES_MAX = 64 << 20;

  private final Disk disk;
  private final String name;
  private final DiskFile file;
  private long end;
  private long firstPiece;

  private PieceFile(Disk disk, String name, DiskFile file) {
    this.disk = disk;
    this.name = name;
    this.file = file;
  }

  private static String name(ShardId group) {
    return "shard-" + group.value() + ".pieces";
  }

  /** One for what {@code from} sends; what was there of the group is gone. */
  static PieceFile create(Disk disk, ShardId group, NodeId from) {
    PieceFile created = new PieceFile(disk, name(group), disk.create(name(group)));
    byte[] id = Bytes.utf8(from.value()).array();
    created.append(ByteBuffer.allocate(1 + id.length).put(VERSION).put(id).flip());
    created.firstPiece = created.end;
    return created;
  }

  /** What an earlier life left, and who sent it. */
  record Left(PieceFile file, NodeId from) {}

  /** Empty: nothing of the group is there that can be gone on with. */
  static Optional<Left> find(Disk disk, ShardId group) {
    if (!disk.exists(name(group))) {
      return Optional.empty();
    }
    PieceFile found = new PieceFile(disk, name(group), disk.open(name(group)));
    ByteBuffer first = found.read(0);
    if (first == null || first.remaining() < 2 || first.get() != VERSION) {
      found.discard();
      return Optional.empty();
    }
    found.firstPiece = HEADER_BYTES + 1L + first.remaining();
    found.end = found.firstPiece;
    return Optional.of(new Left(found, new NodeId(Bytes.read(first, first.remaining()).toUtf8())));
  }

  private void append(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content.duplicate());
    int length = content.remaining();
    ByteBuffer header =
        ByteBuffer.allocate(HEADER_BYTES).putInt(length).putInt((int) crc.getValue());
    file.write(end, header.flip());
    file.write(end + HEADER_BYTES, content);
    end += HEADER_BYTES + length;
  }

  /** The record at {@code position}; null: there is none that is whole. */
  private ByteBuffer read(long position) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (file.read(position, header) < HEADER_BYTES) {
      return null;
    }
    header.flip();
    int length = header.getInt();
    if (length < 1 || length > RECORD_BYTES_MAX) {
      return null;
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    if (file.read(position + HEADER_BYTES, content) < length) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(content.flip().duplicate());
    return (int) crc.getValue() == header.getInt() ? content : null;
  }

  /** The piece at {@code position}; null: there is none. */
  private SnapshotFrame.Piece piece(long position) {
    ByteBuffer record = read(position);
    return record != null
            && SnapshotFrameCodec.decode(Bytes.wrap(record.array()))
                instanceof SnapshotFrame.Piece piece
        ? piece
        : null;
  }

  /**
   * The next piece that an earlier life wrote, which from now on counts as added; null: no more.
   */
  SnapshotFrame.Piece takeUp() {
    SnapshotFrame.Piece piece = piece(end);
    if (piece != null) {
      end += HEADER_BYTES + SnapshotFrameCodec.encode(piece).length();
    }
    return piece;
  }

  @Override
  public void add(SnapshotFrame.Piece piece) {
    append(ByteBuffer.wrap(SnapshotFrameCodec.encode(piece).array()));
  }

  @Override
  public Iterator<SnapshotFrame.Piece> pieces() {
    return new Iterator<>() {
      private long at = firstPiece;

      @Override
      public boolean hasNext() {
        return at < end;
      }

      @Override
      public SnapshotFrame.Piece next() {
        SnapshotFrame.Piece piece = hasNext() ? piece(at) : null;
        if (piece == null) {
          throw new NoSuchElementException("no piece at " + at + " of " + name);
        }
        at += HEADER_BYTES + SnapshotFrameCodec.encode(piece).length();
        return piece;
      }
    };
  }

  @Override
  public void discard() {
    file.close();
    disk.delete(name);
  }

  @Override
  public void close() {
    file.close();
  }
}
