// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.snapshot.BlockCompressor;
import io.distdb.storage.memory.snapshot.BlockCompressors;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes consecutive entries of one shard's log as a header, blocks and an end, each handed to the
 * sink as one buffer, which it must not keep. Forces nothing. Used by one thread.
 */
public final class LogFileWriter {
  private final Consumer<ByteBuffer> sink;
  private final BlockCompressor compressor;
  private final CRC32C crc = new CRC32C();

  private ByteBuffer content = ByteBuffer.allocate(LogFileFormat.BLOCK_CONTENT_BYTES + (8 << 10));
  private byte[] block = {};
  private int blockNumber;
  private long bytes;
  private long entries;
  private LogPosition last;

  /**
   * Hands the header to {@code sink} at once.
   *
   * @param database whose log it is: 1 to 255 bytes of UTF-8
   * @param above the file begins behind this index
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: what {@code
   *     compression} needs is not on the class path
   */
  public LogFileWriter(
      Consumer<ByteBuffer> sink,
      String database,
      ShardId shard,
      long above,
      Compression compression) {
    this.sink = sink;
    this.compressor = BlockCompressors.of(compression);
    this.last = new LogPosition(0, above);
    Bytes name = Bytes.utf8(database);
    Invariant.check(
        !name.isEmpty() && name.length() <= LogFileFormat.NAME_BYTES_MAX,
        "the name of a database has 1 to 255 bytes");
    ByteBuffer header = ByteBuffer.allocate(LogFileFormat.FIXED_HEADER_BYTES + name.length() + 4);
    header.putLong(LogFileFormat.MAGIC).putInt(LogFileFormat.VERSION);
    header.putInt(checksum(header, LogFileFormat.VERSION_CHECK_AT));
    header.putInt(shard.value()).putLong(above + 1);
    header.putInt(name.length()).put(name.array());
    header.putInt(checksum(header, header.position()));
    emit(header.flip());
  }

  private int checksum(ByteBuffer buffer, int length) {
    crc.reset();
    crc.update(buffer.array(), 0, length);
    return (int) crc.getValue();
  }

  /** Adds the next entry of the log. */
  public void add(JournalRecord.Recovered entry) {
    LogPosition position = entry.position();
    Invariant.check(
        position.index() == last.index() + 1 && position.term() >= last.term(),
        "the entries of a log file follow each other");
    Bytes payload = entry.payload();
    int size = Varint.size(position.term()) + Varint.size(position.index()) + Varint.size(payload);
    reserve(size);
    Varint.put(content, position.term());
    Varint.put(content, position.index());
    Varint.putBytes(content, payload);
    last = position;
    entries++;
    if (content.position() >= LogFileFormat.BLOCK_CONTENT_BYTES) {
      endBlock(LogFileFormat.ENTRIES);
    }
  }

  private void reserve(int size) {
    if (content.remaining() < size) {
      ByteBuffer larger = ByteBuffer.allocate(Math.addExact(content.position(), size));
      content = larger.put(content.flip());
    }
  }

  /** Through which entry it goes so far. */
  public LogPosition last() {
    return last;
  }

  public long entries() {
    return entries;
  }

  /** Handed to the sink so far; what is in the block that grows comes on top. */
  public long bytes() {
    return bytes;
  }

  /**
   * Writes what is buffered and the end. Nothing may follow.
   *
   * @param settled every commit at or below this timestamp is in this file, in an earlier one, or
   *     from before the first; 0: not known of any
   */
  public void finish(long settled) {
    if (content.position() > 0) {
      endBlock(LogFileFormat.ENTRIES);
    }
    content.putLong(last.term()).putLong(last.index()).putLong(entries).putLong(settled);
    endBlock(LogFileFormat.END);
  }

  private void endBlock(byte type) {
    int length = content.position();
    int room = LogFileFormat.BLOCK_HEADER_BYTES + compressor.bound(length);
    if (block.length < room) {
      block = new byte[room];
    }
    int stored = compressed(type, length);
    boolean smaller = stored < length;
    if (!smaller) {
      stored = length;
      System.arraycopy(content.array(), 0, block, LogFileFormat.BLOCK_HEADER_BYTES, length);
    }
    ByteBuffer header = ByteBuffer.wrap(block);
    header
        .putInt(blockNumber++)
        .put(type)
        .put((byte) (smaller ? compressor.kind() : Compression.NONE).code());
    header.putShort((short) 0);
    header.putInt(length).putInt(stored);
    crc.reset();
    crc.update(block, 0, LogFileFormat.BLOCK_CHECK_AT);
    crc.update(block, LogFileFormat.BLOCK_HEADER_BYTES, stored);
    header.putInt((int) crc.getValue());
    content.clear();
    emit(ByteBuffer.wrap(block, 0, LogFileFormat.BLOCK_HEADER_BYTES + stored));
  }

  /** The compressed length, or one that is no gain. */
  private int compressed(byte type, int length) {
    return type == LogFileFormat.ENTRIES
        ? compressor.compress(content.array(), length, block, LogFileFormat.BLOCK_HEADER_BYTES)
        : length;
  }

  private void emit(ByteBuffer buffer) {
    bytes += buffer.remaining();
    sink.accept(buffer);
  }
}
