// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.sql.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Blocks of a temporary file. Used by one thread; its buffers serve one block at a time.
 *
 * <pre>
 * offset  size
 *  0      4     CRC32C of the file's number (8), the block's number (4) and all that follows
 *  4      4     number of rows
 *  8      4     length of the columns' bytes
 * 12      …     the columns' bytes ({@link ColumnBytes}) as an LZ4 block, or as they are when that
 *               is not shorter
 * </pre>
 *
 * <p>Integers are little-endian. The checksum covers which block of which file it is, so that a
 * block that went to another place is not taken for the one that was there.
 */
final class BlockCodec {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ROWS_AT = 4;
  private static final int LENGTH_AT = 8;
  private static final int HEADER_BYTES = 12;

  private final ColumnBytes columnBytes = new ColumnBytes();
  private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
  private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();
  private final CRC32C checksum = new CRC32C();
  private final byte[] place = new byte[12];
  private byte[] block = new byte[1 << 12];

  /**
   * Writes rows to {@link #block}.
   *
   * @param rows positions, from {@code from} on; null: {@code from} and after
   * @return how many bytes
   */
  int encode(Vector[] columns, int width, int[] rows, int from, int count, long file, int number) {
    columnBytes.clear();
    for (int i = 0; i < width; i++) {
      columnBytes.write(columns[i], rows, from, count);
    }
    int length = columnBytes.length();
    int most = HEADER_BYTES + compressor.maxCompressedLength(length);
    ensure(most);
    int stored =
        compressor.compress(
            columnBytes.array(), 0, length, block, HEADER_BYTES, block.length - HEADER_BYTES);
    if (stored >= length) {
      System.arraycopy(columnBytes.array(), 0, block, HEADER_BYTES, length);
      stored = length;
    }
    INT.set(block, ROWS_AT, count);
    INT.set(block, LENGTH_AT, length);
    INT.set(block, 0, checksum(HEADER_BYTES + stored, file, number));
    return HEADER_BYTES + stored;
  }

  /** What was encoded last, or is to be decoded. */
  byte[] block() {
    return block;
  }

  /** Room for a block that is to be read. */
  ByteBuffer room(int length) {
    ensure(length);
    return ByteBuffer.wrap(block, 0, length);
  }

  private void ensure(int length) {
    if (block.length < length) {
      block = new byte[Math.max(length, block.length * 2)];
    }
  }

  private int checksum(int end, long file, int number) {
    ByteBuffer.wrap(place).putLong(file).putInt(number);
    checksum.reset();
    checksum.update(place);
    checksum.update(block, ROWS_AT, end - ROWS_AT);
    return (int) checksum.getValue();
  }

  /**
   * The rows of the block in {@link #room}.
   *
   * @return how many; -1: it is not the block that was written
   */
  int decode(Vector[] target, int width, int end, long file, int number) {
    if (end < HEADER_BYTES || (int) INT.get(block, 0) != checksum(end, file, number)) {
      return -1;
    }
    int count = (int) INT.get(block, ROWS_AT);
    int length = (int) INT.get(block, LENGTH_AT);
    int stored = end - HEADER_BYTES;
    byte[] content = columnBytes.room(length);
    if (stored == length) {
      System.arraycopy(block, HEADER_BYTES, content, 0, length);
    } else {
      try {
        decompressor.decompress(block, HEADER_BYTES, stored, content, 0, length);
      } catch (LZ4Exception damaged) {
        return -1;
      }
    }
    for (int i = 0; i < width; i++) {
      columnBytes.read(target[i], count);
    }
    return count;
  }
}
