// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of a buffer's remaining bytes, for traces. */
final class Checksum {
  private Checksum() {}

  static int of(ByteBuffer content) {
    if (!content.hasRemaining()) {
      return 0;
    }
    CRC32C crc = new CRC32C();
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }
}
