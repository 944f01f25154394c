// SPDX-License-Identifier: MIT
package io.distdb.api;

import java.nio.ByteBuffer;

/** Something that can write itself into a buffer: journal payloads, commands, messages. */
public interface Encodable {
  /** Exact number of bytes that {@link #encode} will write. */
  int encodedSize();

  /** Writes exactly {@link #encodedSize()} bytes at the position of {@code target} (big-endian). */
  void encode(ByteBuffer target);

  /** The encoded form in an array of its own. */
  default Bytes toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(encodedSize());
    encode(buffer);
    return Bytes.wrap(buffer.array());
  }
}
