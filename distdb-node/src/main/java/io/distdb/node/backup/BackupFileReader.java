// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * One file of a backup while it is read, in pieces of 1 MiB, each valid until the next. Used by one
 * thread.
 */
final class BackupFileReader implements Iterator<ByteBuffer>, AutoCloseable {
  private static final int PIECE_BYTES = 1 << 20;

  private final BackupFile expected;
  private final String name;
  private final DiskFile file;
  private final LongConsumer progress;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer piece;
  private long position;

  /**
   * @param progress hears how many bytes each piece has
   * @throws DistDbException {@code DATA_CORRUPTED}: it is missing, or not as long as it should be
   */
  BackupFileReader(Disk disk, BackupFile expected, LongConsumer progress) {
    this.expected = expected;
    this.progress = progress;
    name = disk.location() + "/" + expected.name();
    if (!disk.exists(expected.name())) {
      throw damaged(name, "it is missing");
    }
    file = disk.open(expected.name());
    piece = ByteBuffer.allocate((int) Math.clamp(expected.bytes(), 1, PIECE_BYTES));
    long size = file.size();
    if (size != expected.bytes()) {
      file.close();
      throw damaged(name, "it has " + size + " bytes, and should have " + expected.bytes());
    }
  }

  /** Where it is, for messages. */
  String name() {
    return name;
  }

  @Override
  public boolean hasNext() {
    return position < expected.bytes();
  }

  @Override
  public ByteBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException(name + " has been read");
    }
    piece.clear();
    int read = file.read(position, piece);
    piece.flip();
    if (read == 0) {
      throw damaged(name, "it ends at offset " + position);
    }
    checksum.update(piece.duplicate());
    position += read;
    progress.accept(read);
    return piece;
  }

  /**
   * To be called when all was read.
   *
   * @param entries that were found in it
   * @throws DistDbException {@code DATA_CORRUPTED}
   */
  void requireWhole(long entries) {
    if (position != expected.bytes() || (int) checksum.getValue() != expected.crc32c()) {
      throw damaged(name, "its checksum is not that of the manifest");
    }
    if (entries != expected.entries()) {
      throw damaged(
          name, "it holds " + entries + " entries, and should hold " + expected.entries());
    }
  }

  private static DistDbException damaged(String name, String why) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED, "the file " + name + " of the backup is damaged: " + why)
        .withHint("Restore another backup.");
  }

  @Override
  public void close() {
    file.close();
  }
}
