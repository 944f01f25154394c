// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.snapshot.BlockDecompressor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Reads a log file from its beginning to its end, checking every byte. Used by one thread. */
public final class LogFileReader {
  /** Larger than any block: a length field above it is damage, not a reason to allocate. */
  private static final int BLOCK_BYTES_MAX = 1 << 30;

  private final DiskFile file;
  private final String where;
  private final CRC32C crc = new CRC32C();
  private final BlockDecompressor decompressor = new BlockDecompressor();
  private long offset;
  private int blockNumber;
  private long entries;
  private LogPosition last;

  /** What a whole file holds; settled as in {@link LogFileWriter#finish}. */
  public record Content(
      String database,
      ShardId shard,
      long first,
      LogPosition last,
      long entries,
      long settled,
      long bytes) {}

  private record Header(String database, ShardId shard, long first) {}

  private record Block(byte type, ByteBuffer content, long offset) {}

  private LogFileReader(DiskFile file, String where) {
    this.file = file;
    this.where = where;
  }

  /**
   * Reads a whole file.
   *
   * @param where its name, for messages
   * @param visitor gets the entries in order; it may have been given some when this throws
   * @throws DistDbException {@code DATA_CORRUPTED} with name and byte; {@code INCOMPATIBLE_FORMAT}:
   *     newer than this program
   */
  public static Content read(
      DiskFile file, String where, Consumer<JournalRecord.Recovered> visitor) {
    return new LogFileReader(file, where).readAll(visitor);
  }

  private Content readAll(Consumer<JournalRecord.Recovered> visitor) {
    Header header = header();
    last = new LogPosition(0, header.first - 1);
    Block block = block();
    while (block.type == LogFileFormat.ENTRIES) {
      takeEntries(block, header.shard, visitor);
      block = block();
    }
    long settled = end(block);
    if (offset != file.size()) {
      throw LogFileFormat.damaged(where, offset, "bytes follow its end");
    }
    return new Content(header.database, header.shard, header.first, last, entries, settled, offset);
  }

  private ByteBuffer take(int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    if (file.read(offset, buffer) < length) {
      throw LogFileFormat.damaged(
          where, file.size(), "it ends there, within something of " + length + " bytes");
    }
    return buffer.flip();
  }

  private int checksum(ByteBuffer buffer, int length) {
    crc.reset();
    crc.update(buffer.array(), 0, length);
    return (int) crc.getValue();
  }

  private Header header() {
    ByteBuffer fixed = take(LogFileFormat.FIXED_HEADER_BYTES);
    if (fixed.getLong(0) != LogFileFormat.MAGIC
        || fixed.getInt(LogFileFormat.VERSION_CHECK_AT)
            != checksum(fixed, LogFileFormat.VERSION_CHECK_AT)) {
      throw LogFileFormat.damaged(where, 0, "that is not the beginning of a log file");
    }
    int version = fixed.getInt(8);
    if (version > LogFileFormat.VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the log file "
                  + where
                  + " has format "
                  + version
                  + ", but this DistDB reads formats up to "
                  + LogFileFormat.VERSION)
          .withHint("Use the newer DistDB that wrote it. Nothing was changed.");
    }
    int nameLength = fixed.getInt(28);
    if (version < 1 || nameLength < 1 || nameLength > LogFileFormat.NAME_BYTES_MAX) {
      throw LogFileFormat.damaged(where, 28, "its header is wrong");
    }
    int checked = LogFileFormat.FIXED_HEADER_BYTES + nameLength;
    ByteBuffer whole = take(checked + 4);
    if (whole.getInt(checked) != checksum(whole, checked)) {
      throw LogFileFormat.damaged(where, 16, "the checksum of its header is wrong");
    }
    offset = whole.limit();
    Bytes name = Bytes.copyOf(whole.array(), LogFileFormat.FIXED_HEADER_BYTES, checked);
    return new Header(name.toUtf8(), new ShardId(whole.getInt(16)), whole.getLong(20));
  }

  private Block block() {
    long start = offset;
    ByteBuffer header = take(LogFileFormat.BLOCK_HEADER_BYTES);
    int length = header.getInt(8);
    int stored = header.getInt(12);
    if (length < 0 || length > BLOCK_BYTES_MAX || stored < 0 || stored > length) {
      throw LogFileFormat.damaged(
          where, start, "the lengths of block " + blockNumber + " are wrong");
    }
    offset += LogFileFormat.BLOCK_HEADER_BYTES;
    ByteBuffer content = take(stored);
    crc.reset();
    crc.update(header.array(), 0, LogFileFormat.BLOCK_CHECK_AT);
    crc.update(content.array(), 0, stored);
    if ((int) crc.getValue() != header.getInt(LogFileFormat.BLOCK_CHECK_AT)) {
      throw LogFileFormat.damaged(
          where, start, "the checksum of block " + blockNumber + " is wrong");
    }
    if (header.getInt(0) != blockNumber) {
      throw LogFileFormat.damaged(
          where,
          start,
          "block " + header.getInt(0) + " is where block " + blockNumber + " belongs");
    }
    blockNumber++;
    offset += stored;
    return new Block(header.get(4), decompressed(header.get(5), content, length, start), start);
  }

  private ByteBuffer decompressed(byte compression, ByteBuffer stored, int length, long start) {
    Compression how =
        BlockDecompressor.ofCode(compression)
            .orElseThrow(() ->
                LogFileFormat.damaged(where, start, "no compression has the code " + compression));
    byte[] content = new byte[length];
    int found = decompressor.decompress(how, stored.array(), 0, stored.limit(), content, length);
    if (found != length) {
      throw LogFileFormat.damaged(where, start, "its content cannot be decompressed");
    }
    return ByteBuffer.wrap(content);
  }

  private void takeEntries(Block block, ShardId shard, Consumer<JournalRecord.Recovered> visitor) {
    while (block.content.hasRemaining()) {
      JournalRecord.Recovered entry = entry(block, shard);
      LogPosition position = entry.position();
      if (position.index() != last.index() + 1 || position.term() < last.term()) {
        throw LogFileFormat.damaged(
            where,
            block.offset,
            "index " + position.index() + " comes behind index " + last.index());
      }
      last = position;
      entries++;
      visitor.accept(entry);
    }
  }

  private JournalRecord.Recovered entry(Block block, ShardId shard) {
    ByteBuffer content = block.content;
    try {
      LogPosition position = new LogPosition(Varint.get(content), Varint.get(content));
      return new JournalRecord.Recovered(shard, position, Varint.getBytes(content));
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      throw LogFileFormat.damaged(
          where, block.offset, "no entry can be read behind index " + last.index());
    }
  }

  /** Checks the end, and gives the settled timestamp. */
  private long end(Block block) {
    ByteBuffer end = block.content;
    if (block.type != LogFileFormat.END || end.remaining() != LogFileFormat.END_BYTES) {
      throw LogFileFormat.damaged(where, block.offset, "no block has the type " + block.type);
    }
    if (end.getLong() != last.term() || end.getLong() != last.index() || end.getLong() != entries) {
      throw LogFileFormat.damaged(where, block.offset, "its end speaks of other entries");
    }
    return end.getLong();
  }
}
