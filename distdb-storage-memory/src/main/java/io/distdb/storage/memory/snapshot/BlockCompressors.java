// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** The compressors there are. That of zstd is in a library that need not be there. */
public final class BlockCompressors {
  private BlockCompressors() {}

  /**
   * @throws DistDbException {@code CONFIGURATION_ERROR}: its library is missing or cannot be loaded
   */
  public static BlockCompressor of(Compression compression) {
    return switch (compression) {
      case NONE -> new Stored();
      case LZ4 -> new Lz4(LZ4Factory.safeInstance().fastCompressor());
      case ZSTD -> zstd();
    };
  }

  private static BlockCompressor zstd() {
    try {
      return new ZstdBlocks();
    } catch (LinkageError missing) {
      throw noZstd(missing);
    }
  }

  static DistDbException noZstd(LinkageError missing) {
    return new DistDbException(
            ErrorCode.CONFIGURATION_ERROR,
            "compression zstd needs the artifact com.github.luben:zstd-jni, which is not on the"
                + " class path or cannot be loaded: "
                + missing,
            missing)
        .withHint("Add the artifact, or choose lz4.");
  }

  private record Stored() implements BlockCompressor {
    @Override
    public Compression kind() {
      return Compression.NONE;
    }

    @Override
    public int bound(int length) {
      return length;
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int at) {
      return length;
    }
  }

  private record Lz4(LZ4Compressor compressor) implements BlockCompressor {
    @Override
    public Compression kind() {
      return Compression.LZ4;
    }

    @Override
    public int bound(int length) {
      return compressor.maxCompressedLength(length);
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int at) {
      return compressor.compress(source, 0, length, target, at);
    }
  }
}
