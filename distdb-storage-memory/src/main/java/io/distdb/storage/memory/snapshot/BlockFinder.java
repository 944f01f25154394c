// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.Limits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/** Finds whole blocks behind a damaged one, and puts single flipped bits of small ones right. */
final class BlockFinder {
  /** A block that begins an index: header, an id, a kind. */
  static final int INDEX_BYTES_MAX = SnapshotFormat.BLOCK_HEADER_BYTES + 10 + 1;

  /** The largest block that is mended: a footer. */
  private static final int MENDED_BYTES_MAX =
      SnapshotFormat.BLOCK_HEADER_BYTES + SnapshotFormat.FOOTER_BYTES;

  private static final int CONTENT_BYTES_MAX =
      Limits.VALUE_BYTES_MAX + Limits.KEY_BYTES_MAX + (1 << 20);

  private static final int WINDOW_BYTES = 1 << 20;

  private final DiskFile file;
  private final long size;
  private final CRC32C checksum = new CRC32C();

  BlockFinder(DiskFile file) {
    this.file = file;
    this.size = file.size();
  }

  /** Where a whole block begins. */
  record Place(long position, int number) {}

  /**
   * The next whole block behind a damaged one.
   *
   * @param from where the damaged one begins
   * @param number the number it should have
   * @return null when there is none
   */
  Place next(long from, int number) {
    for (long start = from + 1; start + SnapshotFormat.BLOCK_HEADER_BYTES <= size; ) {
      ByteBuffer window = read(start, (int) Math.min(WINDOW_BYTES, size - start));
      int last = window.limit() - SnapshotFormat.BLOCK_HEADER_BYTES;
      for (int at = 0; at <= last; at++) {
        int found = window.getInt(at);
        if (found > number
            && found - number <= (start + at - from) / SnapshotFormat.BLOCK_HEADER_BYTES + 1
            && isWhole(window, at, start + at)) {
          return new Place(start + at, found);
        }
      }
      start += last + 1;
    }
    return null;
  }

  private boolean isWhole(ByteBuffer window, int at, long position) {
    byte type = window.get(at + 4);
    int length = window.getInt(at + 8);
    int stored = window.getInt(at + 12);
    if (type < SnapshotFormat.SIDES
        || type > SnapshotFormat.FOOTER
        || window.getShort(at + 6) != 0
        || length < 0
        || length > CONTENT_BYTES_MAX
        || stored < 0
        || stored > size - position - SnapshotFormat.BLOCK_HEADER_BYTES) {
      return false;
    }
    return hasChecksum(read(position, SnapshotFormat.BLOCK_HEADER_BYTES + stored));
  }

  private boolean hasChecksum(ByteBuffer block) {
    checksum.reset();
    checksum.update(block.array(), 0, SnapshotFormat.BLOCK_CHECK_AT);
    checksum.update(
        block.array(),
        SnapshotFormat.BLOCK_HEADER_BYTES,
        block.limit() - SnapshotFormat.BLOCK_HEADER_BYTES);
    return (int) checksum.getValue() == block.getInt(SnapshotFormat.BLOCK_CHECK_AT);
  }

  private ByteBuffer read(long position, int length) {
    ByteBuffer target = ByteBuffer.allocate(length);
    file.read(position, target);
    return target.flip();
  }

  /** The bytes of a small block with one bit put right; null when that does not help. */
  byte[] mend(long from, long to) {
    long length = to - from;
    if (length < SnapshotFormat.BLOCK_HEADER_BYTES || length > MENDED_BYTES_MAX) {
      return null;
    }
    ByteBuffer block = read(from, (int) length);
    return mend(
        block.array(),
        () -> block.getInt(12) == length - SnapshotFormat.BLOCK_HEADER_BYTES && hasChecksum(block));
  }

  /** The header with one bit put right; null when that does not help. */
  SnapshotHeader mendHeader() {
    if (size < SnapshotFormat.HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = read(0, SnapshotFormat.HEADER_BYTES);
    byte[] mended = mend(header.array(), () -> isHeader(header));
    return mended == null ? null : header(mended);
  }

  private boolean isHeader(ByteBuffer header) {
    return header.getLong(0) == SnapshotFormat.MAGIC
        && header.getInt(8) >= SnapshotFormat.VERSION
        && header.getInt(8) <= SnapshotFormat.VERSION_ZSTD
        && header.getInt(SnapshotFormat.VERSION_CHECK_AT)
            == crc(header, SnapshotFormat.VERSION_CHECK_AT)
        && header.getInt(SnapshotFormat.HEADER_CHECK_AT)
            == crc(header, SnapshotFormat.HEADER_CHECK_AT);
  }

  private int crc(ByteBuffer buffer, int length) {
    checksum.reset();
    checksum.update(buffer.array(), 0, length);
    return (int) checksum.getValue();
  }

  private static SnapshotHeader header(byte[] bytes) {
    SnapshotSource source = SnapshotSource.chunks("header", List.of(ByteBuffer.wrap(bytes)));
    try {
      return new BlockReader(source, true).header();
    } catch (DistDbException refused) {
      return null;
    }
  }

  private static byte[] mend(byte[] bytes, BooleanSupplier good) {
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      if (good.getAsBoolean()) {
        return bytes;
      }
      bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }
    return null;
  }
}
