// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in the order in which they were appended, in a temporary file. Any number of readers read
 * them from the first on, or from any row, while more are appended. Used by one thread.
 *
 * <p>Errors: {@code DISK_FULL}, {@code IO_ERROR}, {@code CONFIGURATION_LIMIT_EXCEEDED} of
 * appending, {@code DATA_CORRUPTED} and {@code IO_ERROR} of reading. After each of them only {@link
 * #close} is of use.
 */
public final class SpillFile implements AutoCloseable {
  /** Most rows of a block. */
  public static final int BLOCK_ROWS_MAX = 1024;

  /** Appended at once and at least as many, rows go into blocks without a copy. */
  private static final int DIRECT_ROWS_MIN = 64;

  private final SpillScope scope;
  private final long number;
  private final int blockBytes;
  private final Vector[] pending;
  private int pendingRows;
  private long pendingBytes;
  private DiskFile file;
  private boolean closed;

  /** Where each block begins; {@link #position} after the last. */
  private long[] offsets = new long[4];

  /** The number of each block's first row. */
  private long[] firstRows = new long[4];

  private int blocks;
  private long position;
  private long writtenRows;

  SpillFile(SpillScope scope, List<SqlType> types, int blockBytes) {
    this.scope = scope;
    this.blockBytes = blockBytes;
    number = scope.space().nextFileNumber();
    pending = new Vector[types.size()];
    for (int i = 0; i < pending.length; i++) {
      pending[i] = new Vector(types.get(i), 16);
    }
  }

  /** How many rows were appended. */
  public long rows() {
    return writtenRows + pendingRows;
  }

  /** What it takes on the disk. */
  public long diskBytes() {
    return position;
  }

  /** What it takes in memory, an estimate. */
  public long heapBytes() {
    long bytes = pendingBytes + 16L * offsets.length;
    for (Vector column : pending) {
      bytes += column.arrayBytes();
    }
    return bytes;
  }

  /** Copies one row of {@code columns}. */
  public void append(Vector[] columns, int row) {
    for (int i = 0; i < pending.length; i++) {
      pending[i].ensure(pendingRows + 1);
      pending[i].set(pendingRows, columns[i], row);
      pendingBytes += pending[i].referredBytes(pendingRows);
    }
    pendingRows++;
    if (pendingRows == BLOCK_ROWS_MAX
        || pendingBytes + 8L * pending.length * pendingRows >= blockBytes) {
      flush();
    }
  }

  /**
   * Copies some rows of {@code columns}.
   *
   * @param rows their positions, from {@code from} on; null: the positions are {@code from} and
   *     after
   */
  public void append(Vector[] columns, int[] rows, int from, int count) {
    if (count < DIRECT_ROWS_MIN) {
      for (int n = from; n < from + count; n++) {
        append(columns, rows == null ? n : rows[n]);
      }
      return;
    }
    flush();
    int first = from;
    while (first < from + count) {
      int taken = fitting(columns, rows, first, from + count - first);
      write(columns, rows, first, taken);
      first += taken;
    }
  }

  /** How many of the rows make a block: at least 1. */
  private int fitting(Vector[] columns, int[] rows, int from, int count) {
    int most = Math.min(count, BLOCK_ROWS_MAX);
    long bytes = 0;
    for (int n = 0; n < most; n++) {
      int row = rows == null ? from + n : rows[from + n];
      for (int i = 0; i < pending.length; i++) {
        bytes += 8 + columns[i].referredBytes(row);
      }
      if (bytes >= blockBytes) {
        return n + 1;
      }
    }
    return most;
  }

  /** Writes what was appended since the last block. */
  public void flush() {
    if (pendingRows > 0) {
      int rows = pendingRows;
      pendingRows = 0;
      pendingBytes = 0;
      write(pending, null, 0, rows);
      for (Vector column : pending) {
        column.forgetTexts();
      }
    }
  }

  /** Writes what is left of the rows, and frees the room for more, of which there will be none. */
  public void seal() {
    flush();
    for (int i = 0; i < pending.length; i++) {
      pending[i] = new Vector(pending[i].type, 0);
    }
  }

  private void write(Vector[] columns, int[] rows, int from, int count) {
    if (closed) {
      throw new IllegalStateException("the temporary file is closed");
    }
    BlockCodec codec = scope.codec();
    int length = codec.encode(columns, pending.length, rows, from, count, number, blocks);
    scope.space().reserve(length);
    if (file == null) {
      file = create(length);
    }
    if (blocks == offsets.length) {
      offsets = Arrays.copyOf(offsets, blocks * 2);
      firstRows = Arrays.copyOf(firstRows, blocks * 2);
    }
    offsets[blocks] = position;
    firstRows[blocks] = writtenRows;
    position += length; // before the write: what it reserved is given back by close
    file.write(offsets[blocks], ByteBuffer.wrap(codec.block(), 0, length));
    blocks++;
    writtenRows += count;
    scope.wrote(length);
  }

  private DiskFile create(int reserved) {
    try {
      return scope.space().create(number);
    } catch (DistDbException refused) {
      scope.space().delete(number, reserved);
      throw refused;
    }
  }

  /** A reader that stands before the first row. */
  public SpillReader reader() {
    return new SpillReader(this);
  }

  /** Blocks that can be read; those that are pending become one. */
  int readableBlocks() {
    flush();
    return blocks;
  }

  /** The block with row {@code row}, which there is. */
  int blockOf(long row) {
    int found = Arrays.binarySearch(firstRows, 0, blocks, row);
    return found >= 0 ? found : -found - 2;
  }

  long firstRow(int block) {
    return firstRows[block];
  }

  /** Reads a block into vectors of the columns' types; returns how many rows it has. */
  int read(int block, Vector[] target) {
    if (closed) {
      throw new IllegalStateException("the temporary file is closed");
    }
    long end = block + 1 < blocks ? offsets[block + 1] : position;
    int length = (int) (end - offsets[block]);
    BlockCodec codec = scope.codec();
    ByteBuffer bytes = codec.room(length);
    int read = file.read(offsets[block], bytes);
    if (read < length) {
      throw damaged(offsets[block], "it ends within a block");
    }
    int rows = codec.decode(target, pending.length, length, number, block);
    if (rows < 0) {
      throw damaged(offsets[block], "the checksum of block " + block + " is wrong");
    }
    return rows;
  }

  private DistDbException damaged(long offset, String what) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the temporary file " + file.name() + " is damaged at offset " + offset + ": " + what)
        .withHint("Run the statement again; check the disk.");
  }

  /** Deletes it. May be called twice. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    scope.forget(this);
    if (file != null) {
      file.close();
      scope.space().delete(number, position);
    }
  }
}
