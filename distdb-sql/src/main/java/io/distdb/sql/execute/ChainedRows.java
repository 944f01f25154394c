// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.vector.Ordering;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in a hash table by their keys. Rows of one key are chained in order of arrival; a row with a
 * NULL in its key equals nothing, and is in no chain.
 */
final class ChainedRows {
  static final int END = -1;

  private final ColumnBuffer rows;
  private KeyTable table;

  /** First and last row of each key number, then the next row of the same key. */
  private int[] first = {};

  private int[] last = {};
  private int[] nextRow = {};
  private int keyCount;

  ChainedRows(List<Variable> layout) {
    rows = new ColumnBuffer(layout);
  }

  ColumnBuffer rows() {
    return rows;
  }

  /** What rows and keys take, an estimate. */
  long heapBytes() {
    long keyBytes = table == null ? 0 : table.heapBytes();
    return rows.heapBytes() + keyBytes + 4L * (first.length + last.length + nextRow.length);
  }

  /**
   * @param keys of the rows, at their positions
   */
  void add(Batch batch, Vector[] keys) {
    int firstRow = rows.rows;
    rows.append(batch);
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      if (!anyNull(keys, position)) {
        chain(keys, position, KeyTable.hash(keys, position), firstRow + n);
      }
    }
  }

  /** Takes in one row, of a key without NULL. */
  void add(Vector[] columns, Vector[] keys, int position, int hash) {
    int row = rows.rows;
    rows.append(columns, position);
    chain(keys, position, hash, row);
  }

  /** Takes in one row whose key has a NULL. */
  void addUnchained(Vector[] columns, int position) {
    rows.append(columns, position);
  }

  private void chain(Vector[] keys, int position, int hash, int row) {
    if (table == null) {
      table = new KeyTable(keys);
    }
    link(table.findOrAdd(keys, position, hash), row);
  }

  /** Numbers of keys come in ascending order. */
  private void link(int number, int row) {
    first = room(first, number);
    last = room(last, number);
    nextRow = room(nextRow, row);
    nextRow[row] = END;
    if (number == keyCount) {
      keyCount++;
      first[number] = row;
    } else {
      nextRow[last[number]] = row;
    }
    last[number] = row;
  }

  private static int[] room(int[] array, int index) {
    return index < array.length ? array : Arrays.copyOf(array, Math.max(16, index * 2));
  }

  static boolean anyNull(Vector[] keys, int position) {
    for (Vector key : keys) {
      if (key.nulls[position]) {
        return true;
      }
    }
    return false;
  }

  /** The first row of the key at {@code position}, or {@link #END}. */
  int first(Vector[] keys, int position) {
    if (table == null || anyNull(keys, position)) {
      return END;
    }
    int number = table.find(keys, position);
    return number == KeyTable.ABSENT ? END : first[number];
  }

  /** The next row of the same key, or {@link #END}. */
  int next(int row) {
    return nextRow[row];
  }

  /**
   * Writes the rows of some partitions to their files, and forgets them.
   *
   * @param resident partitions below it stay
   * @param unchained whether rows with a NULL in their keys count; they go to all partitions alike
   */
  void evict(SpillPartitions partitions, int resident, boolean unchained) {
    int[] numberOf = numbers();
    int[] kept = new int[rows.rows];
    int count = 0;
    for (int row = 0; row < rows.rows; row++) {
      if (numberOf[row] == END && !unchained) {
        continue;
      }
      int hash = numberOf[row] == END ? Ordering.spread(row) : table.hash(numberOf[row]);
      if (SpillPartitions.partition(hash, partitions.level()) < resident) {
        kept[count++] = row;
      } else {
        partitions.append(hash, rows.columns, row);
      }
    }
    rows.retain(kept, count);
    rebuild(numberOf, kept, count);
  }

  /** The key number of each row; {@link #END} for none. */
  private int[] numbers() {
    int[] numberOf = new int[rows.rows];
    Arrays.fill(numberOf, END);
    int size = table == null ? 0 : table.size();
    for (int number = 0; number < size; number++) {
      for (int row = first[number]; row != END; row = nextRow[row]) {
        numberOf[row] = number;
      }
    }
    return numberOf;
  }

  /** Makes the table of the rows that were kept. */
  private void rebuild(int[] numberOf, int[] kept, int count) {
    KeyTable before = table;
    table = null;
    first = new int[0];
    last = new int[0];
    nextRow = new int[0];
    keyCount = 0;
    for (int row = 0; row < count; row++) {
      int number = numberOf[kept[row]];
      if (number != END) {
        chain(before.keys(), number, before.hash(number), row);
      }
    }
  }
}
