// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import static io.distdb.storage.memory.snapshot.SnapshotFormat.BLOCK_CHECK_AT;
import static io.distdb.storage.memory.snapshot.SnapshotFormat.BLOCK_CONTENT_BYTES;
import static io.distdb.storage.memory.snapshot.SnapshotFormat.BLOCK_HEADER_BYTES;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes one snapshot as a header, blocks and a footer, each handed to the sink as one buffer,
 * which the sink must not keep. First all side records, then index by index its versions; then
 * {@link #finish}. Used by one thread.
 */
public final class SnapshotWriter {
  private final Consumer<ByteBuffer> sink;
  private final BlockCompressor compressor;
  private final CRC32C blockChecksum = new CRC32C();
  private final CRC32C fileChecksum = new CRC32C();
  private final BlockEncoder content = new BlockEncoder(BLOCK_CONTENT_BYTES + (4 << 10));
  private byte[] block = new byte[BLOCK_HEADER_BYTES + BLOCK_CONTENT_BYTES];
  private byte blockType;
  private int blockNumber;
  private long bytes;
  private long sides;
  private long indexes;
  private long keys;
  private long versions;
  private IndexKind lastKind;
  private byte[] lastKey;
  private long lastTimestamp;

  /**
   * Hands the header to {@code sink} at once.
   *
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: what {@code
   *     compression} needs is not on the class path
   */
  public SnapshotWriter(Consumer<ByteBuffer> sink, SnapshotHeader header, Compression compression) {
    this.sink = sink;
    compressor = BlockCompressors.of(compression);
    int version =
        compression == Compression.ZSTD ? SnapshotFormat.VERSION_ZSTD : SnapshotFormat.VERSION;
    ByteBuffer buffer = ByteBuffer.allocate(SnapshotFormat.HEADER_BYTES);
    buffer.putLong(SnapshotFormat.MAGIC).putInt(version);
    buffer.putInt(checksum(buffer.array(), SnapshotFormat.VERSION_CHECK_AT));
    buffer.putInt(header.shard().value());
    buffer.putLong(header.position().term()).putLong(header.position().index());
    buffer.putInt(checksum(buffer.array(), SnapshotFormat.HEADER_CHECK_AT));
    emit(buffer.array(), buffer.capacity());
  }

  private int checksum(byte[] source, int length) {
    blockChecksum.reset();
    blockChecksum.update(source, 0, length);
    return (int) blockChecksum.getValue();
  }

  /** Adds a side record; keys rise. */
  public void side(Bytes key, Bytes value) {
    begin(SnapshotFormat.SIDES);
    content.putBytes(key.array());
    content.putBytes(value.array());
    sides++;
    flushWhenFull();
  }

  /** Begins an index; ids rise. */
  public void index(IndexId id, IndexKind kind) {
    begin(SnapshotFormat.INDEX);
    content.putVarint(id.value());
    content.putByte(kind.code());
    flush();
    indexes++;
    lastKey = null;
    lastKind = kind;
  }

  /**
   * Adds a version of the index begun last: keys in the index's order, of each key the newest
   * version first.
   *
   * @param value null for a deletion
   */
  public void version(byte[] key, byte[] value, long timestamp) {
    begin(SnapshotFormat.VERSIONS);
    boolean sameKey = lastKey != null && (lastKey == key || Arrays.equals(lastKey, key));
    content.putByte(
        (sameKey ? SnapshotFormat.SAME_KEY : 0) | (value == null ? SnapshotFormat.DELETION : 0));
    if (!sameKey) {
      Invariant.check(
          lastKind == IndexKind.HASH || lastKey == null || Arrays.compareUnsigned(lastKey, key) < 0,
          "keys of a B-tree index rise in a snapshot");
      content.putBytes(key);
      lastKey = key;
      keys++;
    }
    content.putSigned(timestamp - lastTimestamp);
    lastTimestamp = timestamp;
    if (value != null) {
      content.putBytes(value);
    }
    versions++;
    flushWhenFull();
  }

  /** Writes what is buffered and the footer. Nothing may follow. */
  public SnapshotCounts finish() {
    begin(SnapshotFormat.FOOTER);
    ByteBuffer footer = ByteBuffer.allocate(SnapshotFormat.FOOTER_BYTES);
    footer.putLong(sides).putLong(indexes).putLong(keys).putLong(versions);
    footer.putInt((int) fileChecksum.getValue());
    content.putRaw(footer.array());
    flush();
    return new SnapshotCounts(sides, indexes, keys, versions, bytes);
  }

  private void begin(byte type) {
    if (blockType != type) {
      flush();
      blockType = type;
      lastTimestamp = 0;
    }
  }

  private void flushWhenFull() {
    if (content.length() >= BLOCK_CONTENT_BYTES) {
      flush();
    }
  }

  private void flush() {
    int length = content.length();
    if (length == 0) {
      return;
    }
    int room = BLOCK_HEADER_BYTES + compressor.bound(length);
    if (block.length < room) {
      block = new byte[room];
    }
    int stored = compress(length);
    boolean compressed = stored < length;
    if (!compressed) {
      System.arraycopy(content.array(), 0, block, BLOCK_HEADER_BYTES, length);
      stored = length;
    }
    ByteBuffer header = ByteBuffer.wrap(block);
    header.putInt(blockNumber).put(blockType);
    Compression how = compressed ? compressor.kind() : Compression.NONE;
    header.put((byte) how.code()).putShort((short) 0);
    header.putInt(length).putInt(stored);
    blockChecksum.reset();
    blockChecksum.update(block, 0, BLOCK_CHECK_AT);
    blockChecksum.update(block, BLOCK_HEADER_BYTES, stored);
    header.putInt((int) blockChecksum.getValue());
    blockNumber++;
    blockType = 0;
    content.clear();
    emit(block, BLOCK_HEADER_BYTES + stored);
    shrink();
  }

  /** The footer stays readable to the eye: it is not compressed. */
  private int compress(int length) {
    return blockType == SnapshotFormat.FOOTER
        ? length
        : compressor.compress(content.array(), length, block, BLOCK_HEADER_BYTES);
  }

  private void emit(byte[] source, int length) {
    fileChecksum.update(source, 0, length);
    bytes += length;
    sink.accept(ByteBuffer.wrap(source, 0, length));
  }

  /** One huge value must not pin its size for the rest of the snapshot. */
  private void shrink() {
    if (block.length > 16 * BLOCK_CONTENT_BYTES) {
      block = new byte[BLOCK_HEADER_BYTES + BLOCK_CONTENT_BYTES];
      content.shrink();
    }
  }
}
