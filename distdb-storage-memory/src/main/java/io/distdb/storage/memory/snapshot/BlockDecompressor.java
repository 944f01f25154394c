// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.storage.Compression;
import java.util.Optional;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Makes blocks large again, whichever way they were made smaller. Used by one thread. */
public final class BlockDecompressor {
  private final LZ4SafeDecompressor lz4 = LZ4Factory.safeInstance().safeDecompressor();
  private ZstdBlocks zstd;

  /** The way whose code it is; empty: none has it. */
  public static Optional<Compression> ofCode(byte code) {
    for (Compression each : Compression.values()) {
      if (each.code() == code) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * Decompresses the {@code stored} bytes of {@code source} from {@code at} on.
   *
   * @param target has room for {@code length}
   * @return bytes of content; anything but {@code length}: they are no such block
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: the library is missing
   */
  public int decompress(
      Compression how, byte[] source, int at, int stored, byte[] target, int length) {
    return switch (how) {
      case NONE -> stored(source, at, stored, target, length);
      case LZ4 -> lz4(source, at, stored, target, length);
      case ZSTD -> zstd().decompress(source, at, stored, target, length);
    };
  }

  private static int stored(byte[] source, int at, int stored, byte[] target, int length) {
    if (stored == length) {
      System.arraycopy(source, at, target, 0, stored);
    }
    return stored;
  }

  private int lz4(byte[] source, int at, int stored, byte[] target, int length) {
    try {
      return lz4.decompress(source, at, stored, target, 0, length);
    } catch (LZ4Exception malformed) {
      return -1;
    }
  }

  private ZstdBlocks zstd() {
    try {
      if (zstd == null) {
        zstd = new ZstdBlocks();
      }
      return zstd;
    } catch (LinkageError missing) {
      throw BlockCompressors.noZstd(missing);
    }
  }
}
