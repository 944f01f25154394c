// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a segment, big-endian, format version 1 (docs/formats/journal.md).
 *
 * <pre>
 * offset size meaning
 *      0    8 "DISTDBJL"
 *      8    4 format version
 *     12    4 CRC32C of the other 60 bytes
 *     16    8 epoch: number of the segment, rising, never used twice
 *     24    8 epoch of the segment before, 0 when there is none
 *     32    8 base: journal offset of byte 0; whatever earlier segments hold from here on is void
 *     40    4 CRC field of the last record before base
 *     44    4 zero
 *     48    8 epoch of the oldest segment kept when this one began; older ones are leftovers
 *     56    8 zero
 * </pre>
 *
 * <p>A header is on the disk before its file gets a segment's name, and everything below its base
 * was forced before that: so a header proves its base forced.
 */
record SegmentHeader(long epoch, long previousEpoch, long oldestEpoch, long base, int previousCrc) {
  static final int BYTES = 64;
  static final int VERSION = 1;

  private static final long MAGIC = 0x444953544442_4a4cL;
  private static final int CRC_AT = 12;
  private static final int OLDEST_AT = 48;

  ByteBuffer encode() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(MAGIC).putInt(VERSION).putInt(0);
    buffer.putLong(epoch).putLong(previousEpoch).putLong(base).putInt(previousCrc);
    buffer.putLong(OLDEST_AT, oldestEpoch);
    buffer.putInt(CRC_AT, checksum(buffer.array()));
    return buffer.clear();
  }

  /** The checksum field, with which the chain of the segment's records begins. */
  int crc() {
    return encode().getInt(CRC_AT);
  }

  private static int checksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CRC_AT);
    crc.update(header, CRC_AT + 4, BYTES - CRC_AT - 4);
    return (int) crc.getValue();
  }

  /** Whether this is a whole header of this version. */
  static boolean isValid(ByteBuffer buffer) {
    return buffer.remaining() == BYTES
        && buffer.getLong(0) == MAGIC
        && buffer.getInt(8) == VERSION
        && buffer.getInt(CRC_AT) == checksum(buffer.array());
  }

  /** Reads a header of which {@link #isValid} holds. */
  static SegmentHeader read(ByteBuffer buffer) {
    return new SegmentHeader(
        buffer.getLong(16),
        buffer.getLong(24),
        buffer.getLong(OLDEST_AT),
        buffer.getLong(32),
        buffer.getInt(40));
  }

  /**
   * Reads a header.
   *
   * @param buffer {@link #BYTES} bytes in an array of their own, or fewer when the file is shorter
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version; {@code DATA_CORRUPTED}
   */
  static SegmentHeader decode(ByteBuffer buffer, String where) {
    if (isValid(buffer)) {
      return read(buffer);
    }
    if (buffer.remaining() == BYTES
        && buffer.getLong(0) == MAGIC
        && buffer.getInt(8) > VERSION
        && !isValid(ByteBuffer.wrap(buffer.array().clone()).putInt(8, VERSION))) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the journal segment "
                  + where
                  + " has format version "
                  + buffer.getInt(8)
                  + ", this program knows versions up to "
                  + VERSION)
          .withHint("Open it with the newer DistDB that wrote it; nothing was changed.");
    }
    throw new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the header of the journal segment " + where + " is damaged (offset 0 of the file)")
        .withHint("Restore the directory from a backup or from another replica.");
  }
}
