// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Reads columns of rows from the entries of an index, which has them or ends in the row's key. What
 * the columns are is compiled once; the reader is one run's.
 *
 * <p>An entry needs no second look at its row: entries have versions as rows have, so that a
 * snapshot sees an entry exactly when it sees a row of those values, and a transaction's own writes
 * hide both alike.
 */
final class EntryColumns {
  private static final byte[] NO_VALUE = {};

  /** What is compiled once. */
  private record Columns(List<KeyColumn> columns, int[] targets) {
    /**
     * @param targets where each column goes, -1: nowhere
     */
    private Columns {}

    /** How many columns, from the first on, there are to read or pass over. */
    int count() {
      int count = targets.length;
      while (count > 0 && targets[count - 1] < 0) {
        count--;
      }
      return count;
    }
  }

  private final IndexCodec index;
  private final Columns indexed;
  private final Columns key;
  private final int indexedCount;
  private final int keyCount;
  private final KeyReader reader = new KeyReader();

  private EntryColumns(IndexCodec index, Columns indexed, Columns key) {
    this.index = index;
    this.indexed = indexed;
    this.key = key;
    indexedCount = indexed.count();
    keyCount = key.count();
  }

  /**
   * @param ordinals columns of {@code table}, or the row id; {@code index} covers them
   */
  static EntryColumns of(TableCodec table, IndexCodec index, int[] ordinals) {
    int[] indexedTargets = targets(index.ordinals(), ordinals);
    int[] rest = ordinals.clone();
    for (int target : indexedTargets) {
      if (target >= 0) {
        rest[target] = Integer.MIN_VALUE;
      }
    }
    int[] keyOrdinals =
        table.table.hasRowId()
            ? new int[] {Relation.Scan.ROW_ID}
            : table.table.primaryKey().stream().mapToInt(Integer::intValue).toArray();
    return new EntryColumns(
        index,
        new Columns(index.columns, indexedTargets),
        new Columns(table.key, targets(keyOrdinals, rest)));
  }

  private static int[] targets(int[] columns, int[] ordinals) {
    int[] targets = new int[columns.length];
    Arrays.fill(targets, -1);
    for (int i = 0; i < ordinals.length; i++) {
      for (int c = 0; c < columns.length; c++) {
        if (columns[c] == ordinals[i]) {
          targets[c] = i;
          break;
        }
      }
    }
    return targets;
  }

  /** The same columns, for another run. */
  EntryColumns fresh() {
    return new EntryColumns(index, indexed, key);
  }

  /** Reads the columns of all entries to the same positions of {@code target}; there is room. */
  void read(EntryBlock entries, Vector[] target) {
    byte[] keys = entries.keys();
    for (int at = 0; at < entries.size(); at++) {
      int from = entries.keyStart(at);
      read(keys, from, entries.keyEnd(at), entries.valueArray(at), target, 0, at);
    }
  }

  /** Reads the columns of one entry to row {@code at} of {@code target}, from {@code first} on. */
  void read(Bytes entryKey, Bytes entryValue, Vector[] target, int first, int at) {
    byte[] value = entryValue == null ? NO_VALUE : entryValue.array();
    read(entryKey.array(), 0, entryKey.length(), value, target, first, at);
  }

  private void read(
      byte[] keys, int from, int to, byte[] value, Vector[] target, int first, int at) {
    reader.reset(keys, index.columnsStart(from), to);
    read(indexed, indexedCount, target, first, at);
    if (keyCount == 0) {
      return;
    }
    if (value.length > 0) {
      reader.reset(value, 0, value.length);
    } else {
      for (int c = indexedCount; c < indexed.targets.length; c++) {
        reader.skip(indexed.columns.get(c));
      }
    }
    read(key, keyCount, target, first, at);
  }

  private void read(Columns columns, int count, Vector[] target, int first, int at) {
    for (int c = 0; c < count; c++) {
      KeyColumn column = columns.columns.get(c);
      int to = columns.targets[c];
      if (to < 0) {
        reader.skip(column);
      } else {
        Cells.read(reader, column, target[first + to], at);
      }
    }
  }
}
