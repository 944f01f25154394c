// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Hands out snapshots whose checksums are right whatever they hold: a reader above it might as well
 * ignore them. Layout: docs/formats/snapshot.md.
 */
final class MendedSnapshots extends PlantedDisk.Accomplice {
  private static final int VERSION_CHECK_AT = 12;
  private static final int HEADER_CHECK_AT = 36;
  private static final int HEADER_BYTES = 40;
  private static final int BLOCK_CHECK_AT = 16;
  private static final int BLOCK_HEADER_BYTES = 20;
  private static final byte FOOTER = 4;

  @Override
  int read(String opened, DiskFile file, long position, ByteBuffer target) {
    if (!opened.contains("snapshot-")) {
      return file.read(position, target);
    }
    ByteBuffer content = ByteBuffer.allocate((int) file.size());
    file.read(0, content);
    mend(content.clear());
    int length = (int) Math.clamp(content.limit() - position, 0, target.remaining());
    target.put(content.slice((int) Math.min(position, content.limit()), length));
    return length;
  }

  private static void mend(ByteBuffer content) {
    content.putInt(VERSION_CHECK_AT, checksum(content, 0, VERSION_CHECK_AT));
    content.putInt(HEADER_CHECK_AT, checksum(content, 0, HEADER_CHECK_AT));
    int at = HEADER_BYTES;
    while (at + BLOCK_HEADER_BYTES <= content.limit()) {
      long end = (long) at + BLOCK_HEADER_BYTES + content.getInt(at + 12);
      if (end < at || end > content.limit()) {
        return;
      }
      if (content.get(at + 4) == FOOTER) {
        content.putInt((int) end - Integer.BYTES, checksum(content, 0, at));
      }
      CRC32C block = new CRC32C();
      block.update(content.slice(at, BLOCK_CHECK_AT));
      block.update(content.slice(at + BLOCK_HEADER_BYTES, (int) end - at - BLOCK_HEADER_BYTES));
      content.putInt(at + BLOCK_CHECK_AT, (int) block.getValue());
      at = (int) end;
    }
  }

  private static int checksum(ByteBuffer content, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content.slice(from, length));
    return (int) checksum.getValue();
  }
}
