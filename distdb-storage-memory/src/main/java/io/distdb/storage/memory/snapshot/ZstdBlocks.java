// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.distdb.api.storage.Compression;

/**
 * Blocks as frames of Zstandard (RFC 8878). The one class that knows the library, so that nothing
 * else fails to load without it.
 */
final class ZstdBlocks implements BlockCompressor {
  /** The library's default: about three times as slow as LZ4 to write, as fast to read. */
  private static final int LEVEL = 3;

  /**
   * @throws LinkageError the library is missing, or has no native part for this platform
   */
  ZstdBlocks() {
    // The first call loads the native part: better here than at the first block.
    Zstd.compressBound(0);
  }

  @Override
  public Compression kind() {
    return Compression.ZSTD;
  }

  @Override
  public int bound(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  @Override
  public int compress(byte[] source, int length, byte[] target, int at) {
    long written = Zstd.compressByteArray(target, at, target.length - at, source, 0, length, LEVEL);
    return Zstd.isError(written) ? length : Math.toIntExact(written);
  }

  /**
   * @return bytes of content, or -1: {@code source} is no frame, or of more than {@code length}
   */
  int decompress(byte[] source, int at, int stored, byte[] target, int length) {
    try {
      long read = Zstd.decompressByteArray(target, 0, length, source, at, stored);
      return Zstd.isError(read) ? -1 : Math.toIntExact(read);
    } catch (ZstdException malformed) {
      return -1;
    }
  }
}
