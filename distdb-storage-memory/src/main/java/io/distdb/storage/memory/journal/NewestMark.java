// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code newest}: the epoch of a segment that was published, so that the last one, which
 * no other names, cannot vanish unseen. Format version 1, 24 bytes, big-endian: "DISTDBJN", epoch
 * (8), CRC32C of those 16 bytes (4), zero (4).
 *
 * <p>It is written in place behind the segment's publication, and a segment goes only behind the
 * publication of a later one; so it may lag behind the newest segment and is never ahead. What a
 * crash tore claims nothing.
 */
final class NewestMark {
  static final String FILE_NAME = "newest";

  /** No segment has this epoch. */
  static final long NONE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(NewestMark.class);
  private static final long MAGIC = 0x444953544442_4a4eL;
  private static final int BYTES = 24;
  private static final int CHECKED_BYTES = 16;

  private final Disk disk;

  NewestMark(Disk disk) {
    this.disk = disk;
  }

  /** Puts an epoch on the disk; on a full one the mark may be left out, which claims less. */
  void write(long epoch) {
    ByteBuffer content = ByteBuffer.allocate(BYTES).putLong(MAGIC).putLong(epoch);
    content.putInt(checksum(content.array())).clear();
    boolean isNew = !disk.exists(FILE_NAME);
    try (DiskFile file = isNew ? disk.create(FILE_NAME) : disk.open(FILE_NAME)) {
      file.write(0, content);
      file.force();
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL) {
        throw refused;
      }
      LOG.info("the disk is too full to note the newest segment: {}", refused.getMessage());
    }
    if (isNew) {
      disk.forceDirectory("");
    }
  }

  /** The epoch noted, or {@link #NONE}. */
  long read() {
    if (!disk.exists(FILE_NAME)) {
      return NONE;
    }
    ByteBuffer content = ByteBuffer.allocate(BYTES);
    try (DiskFile file = disk.open(FILE_NAME)) {
      file.read(0, content);
    }
    boolean whole =
        content.position() == BYTES
            && content.getLong(0) == MAGIC
            && content.getInt(CHECKED_BYTES) == checksum(content.array());
    return whole ? content.getLong(8) : NONE;
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, CHECKED_BYTES);
    return (int) crc.getValue();
  }
}
