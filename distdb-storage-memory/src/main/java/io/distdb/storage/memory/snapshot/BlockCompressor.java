// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.storage.Compression;

/** Makes blocks smaller, in one way. Used by one thread. */
public interface BlockCompressor {
  Compression kind();

  /** What {@code length} bytes may come to at worst. */
  int bound(int length);

  /**
   * Compresses the first {@code length} bytes of {@code source}.
   *
   * @param target has {@link #bound} of room from {@code at} on
   * @return bytes written; {@code length} or more when nothing is gained, and then what was written
   *     is void
   */
  int compress(byte[] source, int length, byte[] target, int at);
}
