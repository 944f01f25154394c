// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Makes a snapshot claim a log position above its content's, with all its checksums right: what
 * storing the two apart may leave. Layout: docs/formats/snapshot.md.
 */
final class SnapshotForger {
  private static final int INDEX_AT = 28;
  private static final int HEADER_CHECK_AT = 36;
  private static final int BLOCK_CHECK_AT = 16;
  private static final int BLOCK_HEADER_BYTES = 20;
  private static final int FOOTER_BYTES = BLOCK_HEADER_BYTES + 36;

  private SnapshotForger() {}

  static void forge(DiskFile file) {
    byte[] content = new byte[(int) file.size()];
    ByteBuffer buffer = ByteBuffer.wrap(content);
    file.read(0, buffer);
    buffer.putLong(INDEX_AT, buffer.getLong(INDEX_AT) + 1);
    buffer.putInt(HEADER_CHECK_AT, checksum(content, 0, HEADER_CHECK_AT));
    int footer = content.length - FOOTER_BYTES;
    buffer.putInt(content.length - Integer.BYTES, checksum(content, 0, footer));
    CRC32C block = new CRC32C();
    block.update(content, footer, BLOCK_CHECK_AT);
    block.update(content, footer + BLOCK_HEADER_BYTES, FOOTER_BYTES - BLOCK_HEADER_BYTES);
    buffer.putInt(footer + BLOCK_CHECK_AT, (int) block.getValue());
    file.write(0, buffer.clear());
    file.force();
  }

  private static int checksum(byte[] content, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, from, length);
    return (int) checksum.getValue();
  }
}
