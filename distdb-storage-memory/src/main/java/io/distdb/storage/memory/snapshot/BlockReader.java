// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import static io.distdb.storage.memory.snapshot.SnapshotFormat.BLOCK_CHECK_AT;
import static io.distdb.storage.memory.snapshot.SnapshotFormat.BLOCK_HEADER_BYTES;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.Limits;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads, checks and decompresses blocks one after the other. Every byte is under at least one
 * checksum, and nothing is allocated or interpreted on the word of bytes that are not yet checked,
 * but for a block's length, and that only as far as bytes really come.
 */
final class BlockReader implements BlockSource {
  /** One entry of the longest key and value, and what may be before it in the block. */
  private static final int CONTENT_BYTES_MAX =
      Limits.VALUE_BYTES_MAX + Limits.KEY_BYTES_MAX + (1 << 20);

  private static final int READ_STEP_BYTES = 1 << 20;

  private final SnapshotSource source;
  private final boolean decompress;
  private final BlockDecompressor decompressor = new BlockDecompressor();
  private final CRC32C checksum = new CRC32C();
  private final CRC32C fileChecksum = new CRC32C();
  private final SnapshotHeader header;
  private final boolean salvaging;
  private Block block = new Block();
  private byte[] raw = new byte[BLOCK_HEADER_BYTES + SnapshotFormat.BLOCK_CONTENT_BYTES];
  private long position;
  private int blockNumber;

  /**
   * Reads the header.
   *
   * @param decompress false to check only: contents of blocks other than the footer are not there
   * @throws DistDbException {@code DATA_CORRUPTED}; {@code INCOMPATIBLE_FORMAT}: newer than this
   *     binary
   */
  BlockReader(SnapshotSource source, boolean decompress) {
    this.source = source;
    this.decompress = decompress;
    salvaging = false;
    header = readHeader();
  }

  /**
   * For a salvage: goes on at a block in the middle, and does not mind what comes before it.
   *
   * @param source stands at the block
   * @param position of the block in the snapshot
   */
  BlockReader(SnapshotSource source, SnapshotHeader header, long position, int blockNumber) {
    this.source = source;
    this.decompress = true;
    salvaging = true;
    this.header = header;
    this.position = position;
    this.blockNumber = blockNumber;
  }

  /** How many blocks were read, or the number of the next one. */
  int blockNumber() {
    return blockNumber;
  }

  @Override
  public SnapshotHeader header() {
    return header;
  }

  @Override
  public long bytes() {
    return position;
  }

  /** Lets a reader ahead of its consumer fill another block next. */
  void fillNext(Block other) {
    block = other;
  }

  private SnapshotHeader readHeader() {
    require(0, SnapshotFormat.HEADER_BYTES, "header");
    ByteBuffer buffer = ByteBuffer.wrap(raw);
    if (buffer.getLong() != SnapshotFormat.MAGIC) {
      throw damaged(0, "it does not begin with the magic of a snapshot");
    }
    int version = buffer.getInt();
    if (buffer.getInt() != crc(SnapshotFormat.VERSION_CHECK_AT)) {
      throw damaged(SnapshotFormat.VERSION_CHECK_AT, "the checksum of its version is wrong");
    }
    if (version > SnapshotFormat.VERSION_ZSTD) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              source.name()
                  + " has format version "
                  + version
                  + ", this binary reads versions "
                  + SnapshotFormat.VERSION
                  + " to "
                  + SnapshotFormat.VERSION_ZSTD)
          .withHint("Open it with a DistDB that is as new as the one that wrote it.");
    }
    if (version < SnapshotFormat.VERSION) {
      throw damaged(8, "it names format version " + version);
    }
    int shard = buffer.getInt();
    long term = buffer.getLong();
    long index = buffer.getLong();
    if (buffer.getInt() != crc(SnapshotFormat.HEADER_CHECK_AT)) {
      throw damaged(SnapshotFormat.HEADER_CHECK_AT, "the checksum of its header is wrong");
    }
    if (shard < 0 || term < 0 || index < 0) {
      throw damaged(16, "its header names a negative shard or log position");
    }
    fileChecksum.update(raw, 0, SnapshotFormat.HEADER_BYTES);
    position = SnapshotFormat.HEADER_BYTES;
    return new SnapshotHeader(new ShardId(shard), new LogPosition(term, index));
  }

  private int crc(int length) {
    checksum.reset();
    checksum.update(raw, 0, length);
    return (int) checksum.getValue();
  }

  @Override
  public Block next() {
    block.offset = position;
    require(0, BLOCK_HEADER_BYTES, "block header");
    ByteBuffer fields = ByteBuffer.wrap(raw);
    int number = fields.getInt();
    block.type = fields.get();
    byte compression = fields.get();
    fields.getShort();
    block.length = fields.getInt();
    int stored = fields.getInt();
    readStored(stored, fields.getInt());
    if (number != blockNumber || block.length < 0 || block.length > CONTENT_BYTES_MAX) {
      throw damaged(
          block.offset, "block " + number + " is where block " + blockNumber + " should be");
    }
    blockNumber++;
    position = block.offset + BLOCK_HEADER_BYTES + stored;
    if (decompress || block.type == SnapshotFormat.FOOTER) {
      decompress(compression, stored);
    }
    if (block.type == SnapshotFormat.FOOTER) {
      checkEnd(block.offset);
    } else {
      fileChecksum.update(raw, 0, BLOCK_HEADER_BYTES + stored);
    }
    return block;
  }

  /** Reads what follows a block's header, and checks both. */
  private void readStored(int stored, int expectedChecksum) {
    if (stored < 0 || stored > CONTENT_BYTES_MAX) {
      throw damaged(block.offset, "a block claims " + stored + " bytes");
    }
    require(BLOCK_HEADER_BYTES, stored, "block");
    checksum.reset();
    checksum.update(raw, 0, BLOCK_CHECK_AT);
    checksum.update(raw, BLOCK_HEADER_BYTES, stored);
    if ((int) checksum.getValue() != expectedChecksum) {
      throw damaged(block.offset, "the checksum of block " + blockNumber + " is wrong");
    }
  }

  private void decompress(byte compression, int stored) {
    block.ensure(block.length);
    Compression how =
        BlockDecompressor.ofCode(compression)
            .orElseThrow(
                () -> damaged(block.offset, "its compression has the unknown code " + compression));
    int length =
        decompressor.decompress(how, raw, BLOCK_HEADER_BYTES, stored, block.content, block.length);
    if (length != block.length) {
      throw damaged(block.offset, "its content does not decompress to the length it claims");
    }
  }

  /** The footer's checksum covers everything before it, and nothing follows it. */
  private void checkEnd(long offset) {
    if (block.length != SnapshotFormat.FOOTER_BYTES) {
      throw damaged(offset, "a footer of " + block.length + " bytes");
    }
    int whole = ByteBuffer.wrap(block.content).getInt(SnapshotFormat.FOOTER_BYTES - Integer.BYTES);
    if (!salvaging && whole != (int) fileChecksum.getValue()) {
      throw damaged(offset, "the checksum of the whole is wrong");
    }
    if (!salvaging && source.read(raw, 0, 1) != 0) {
      throw damaged(position, "something follows its end");
    }
  }

  /** Reads into {@code raw}, which grows only as bytes come. */
  private void require(int at, int length, String what) {
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, READ_STEP_BYTES);
      int room = at + done + step;
      if (raw.length < room) {
        raw = Arrays.copyOf(raw, Math.max(room, Math.min(raw.length * 2, at + length)));
      }
      int read = source.read(raw, at + done, step);
      done += read;
      if (read < step) {
        throw damaged(position + at + done, "it ends within a " + what);
      }
    }
  }

  private DistDbException damaged(long offset, String why) {
    return damaged(source, offset, why);
  }

  static DistDbException damaged(SnapshotSource source, long offset, String why) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            source.name() + " is damaged at offset " + offset + ": " + why)
        .withHint("Restore the file from a copy, or this replica from another one.");
  }

  @Override
  public void close() {}
}
