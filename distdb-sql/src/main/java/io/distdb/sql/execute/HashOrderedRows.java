// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillReader;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of rows in a temporary file, in the order of their hashes. The first hash of each block is
 * in memory, so that to look for a row reads one block, and more than one only where many hashes
 * are equal; blocks that were read last are kept.
 */
final class HashOrderedRows {
  private static final Variable HASH = new Variable(-1, "hash", SqlType.INTEGER);

  /** Most blocks that are kept: an eighth of the memory of a query. */
  private static final int KEPT_MAX = 64;

  private final List<Variable> layout;
  private final int width;
  private final Execution execution;
  private final SortedRuns runs;
  private SpillFile file;
  private SpillReader reader;

  /** Of each block. */
  private int[] firstHash = {};

  private long[] firstRow = {};
  private int blocks;

  /** Block {@code b} is at {@code b % kept.length}, if {@link #numbers} says so. */
  private final Vector[][] kept;

  private final int[] numbers;
  private final int[] sizes;

  /**
   * @param columns of the rows
   * @param holding of what gathers them
   */
  HashOrderedRows(List<Variable> columns, Execution execution, QueryMemory.Holding holding) {
    this.execution = execution;
    width = columns.size();
    layout = new ArrayList<>(columns);
    layout.add(HASH);
    RowSorter sorter =
        new RowSorter(new int[] {width}, new boolean[] {false}, new boolean[] {false});
    runs = new SortedRuns(layout, sorter, Long.MAX_VALUE, execution, holding);
    long room = holding.shareBytes() / 8 / execution.memory().blockBytes();
    kept = new Vector[(int) Math.clamp(room, 1, KEPT_MAX)][];
    numbers = new int[kept.length];
    sizes = new int[kept.length];
    Arrays.fill(numbers, -1);
  }

  /** Takes in rows; one may be there already. */
  void add(KeyTable rows) {
    ColumnBuffer buffer = new ColumnBuffer(layout);
    System.arraycopy(rows.keys(), 0, buffer.columns, 0, width);
    Vector hashes = buffer.columns[width];
    hashes.ensure(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      hashes.longs[row] = rows.hash(row);
    }
    buffer.rows = rows.size();
    runs.add(buffer);
  }

  /** No more rows come; some did. */
  void finish() {
    RowMerge merge = runs.merge();
    file = execution.memory().newFile(layout);
    Batch rows = ColumnBuffer.batchOf(layout);
    while (merge.next(rows, Batch.ROWS_MAX)) {
      execution.cancellation().check();
      file.append(rows.columns, null, 0, rows.count);
    }
    merge.close();
    file.seal();
    reader = file.reader();
    long row = 0;
    for (int count = reader.next(rows.columns); count > 0; count = reader.next(rows.columns)) {
      firstHash = blocks < firstHash.length ? firstHash : Arrays.copyOf(firstHash, blocks * 2 + 8);
      firstRow = Arrays.copyOf(firstRow, firstHash.length);
      firstHash[blocks] = (int) rows.columns[width].longs[0];
      firstRow[blocks++] = row;
      row += count;
    }
  }

  long rows() {
    return file == null ? 0 : file.rows();
  }

  /** What is in memory, an estimate. */
  long heapBytes() {
    long keptBytes = (long) Math.min(blocks, kept.length) * execution.memory().blockBytes();
    return 12L * firstHash.length + keptBytes;
  }

  /** Whether the row of {@code operands}, which has no NULL, is there. */
  boolean contains(Vector[] operands, int row) {
    int hash = KeyTable.hash(operands, row);
    int found = Arrays.binarySearch(firstHash, 0, blocks, hash);
    int block = found < 0 ? -found - 2 : found;
    while (block > 0 && firstHash[block] == hash) {
      block--; // the one before may end with it
    }
    for (block = Math.max(block, 0); block < blocks && firstHash[block] <= hash; block++) {
      if (isInBlock(block, hash, operands, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInBlock(int block, int hash, Vector[] operands, int row) {
    int slot = load(block);
    Vector[] columns = kept[slot];
    int from = 0;
    int to = sizes[slot];
    while (from < to) {
      int middle = from + to >>> 1;
      if (columns[width].longs[middle] < hash) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    for (int at = from; at < sizes[slot] && columns[width].longs[at] == hash; at++) {
      if (isSame(columns, at, operands, row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Vector[] columns, int at, Vector[] operands, int row) {
    for (int i = 0; i < operands.length; i++) {
      if (!columns[i].same(at, operands[i], row)) {
        return false;
      }
    }
    return true;
  }

  /** Where the block is among those that are kept. */
  private int load(int block) {
    int slot = block % kept.length;
    if (numbers[slot] != block) {
      if (kept[slot] == null) {
        kept[slot] = ColumnBuffer.batchOf(layout).columns;
      }
      numbers[slot] = -1;
      reader.seek(firstRow[block]);
      sizes[slot] = reader.next(kept[slot]);
      numbers[slot] = block;
    }
    return slot;
  }

  /** Whether in some row all columns equal the operands that are not NULL. */
  boolean mayContain(Vector[] operands, int row) {
    for (int block = 0; block < blocks; block++) {
      execution.cancellation().check();
      int slot = load(block);
      if (HashedRows.mayEqual(kept[slot], sizes[slot], operands, row)) {
        return true;
      }
    }
    return false;
  }

  /** Deletes the files. May be called twice. */
  void close() {
    runs.close();
    if (file != null) {
      file.close();
    }
  }
}
