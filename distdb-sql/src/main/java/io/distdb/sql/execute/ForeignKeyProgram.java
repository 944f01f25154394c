// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A compiled foreign key: how the referenced key of a referencing row is found, and the referencing
 * rows of a referenced key. Referenced keys are known by the bytes that they have as key of a row
 * or of a unique entry. Immutable.
 */
final class ForeignKeyProgram {
  final Constraint.ForeignKey key;
  final TableCodec child;
  final TableCodec parent;

  /** Pairwise. */
  final int[] childColumns;

  final int[] parentColumns;

  /** What SET DEFAULT puts into {@link #childColumns}. */
  final Program defaults;

  /** The unique index of the referenced key; null for the primary key. */
  private final IndexCodec parentIndex;

  private final List<KeyColumn> parentKey;

  /** Which pair stands at each place of the referenced key. */
  private final int[] parentOrder;

  /** An index that starts with the referencing columns; null when the rows do, or none does. */
  private final IndexCodec childIndex;

  private final List<KeyColumn> childKey;

  /** Which pair stands at each place of the referencing index; null when there is none. */
  private final int[] childOrder;

  ForeignKeyProgram(TableRules.Link link, TableCodec child, TableCodec parent) {
    key = link.key();
    this.child = child;
    this.parent = parent;
    childColumns = array(key.columns());
    parentColumns = array(key.referencedColumns());
    defaults = ExpressionCompiler.compile(List.of(), link.defaults());
    int[] primary = array(parent.table.primaryKey());
    int[] order = order(primary, parentColumns, true);
    IndexCodec unique = null;
    for (IndexCodec index : parent.indexes) {
      if (order == null && index.definition.unique()) {
        order = order(index.ordinals(), parentColumns, true);
        unique = order == null ? null : index;
      }
    }
    parentOrder = order;
    parentIndex = unique;
    parentKey = unique == null ? parent.key : unique.columns;
    int[] found = order(array(child.table.primaryKey()), childColumns, false);
    IndexCodec referencing = null;
    for (IndexCodec index : child.indexes) {
      if (found == null) {
        boolean whole = index.definition.kind() == IndexKind.HASH;
        found = order(index.ordinals(), childColumns, whole);
        referencing = found == null ? null : index;
      }
    }
    childOrder = found;
    childIndex = referencing;
    childKey = referencing == null ? child.key : referencing.columns;
  }

  private static int[] array(List<Integer> ordinals) {
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Where each of the first places of {@code index} is among {@code columns}.
   *
   * @param whole whether the index must have no further columns
   * @return null when the first places are not just these columns
   */
  private static int[] order(int[] index, int[] columns, boolean whole) {
    if (index.length < columns.length || whole && index.length != columns.length) {
      return null;
    }
    int[] order = new int[columns.length];
    for (int place = 0; place < order.length; place++) {
      int pair = -1;
      for (int i = 0; i < columns.length; i++) {
        pair = columns[i] == index[place] ? i : pair;
      }
      if (pair < 0) {
        return null;
      }
      order[place] = pair;
    }
    return order;
  }

  /** Whether referencing rows are found without reading all. */
  boolean hasChildIndex() {
    return childOrder != null;
  }

  // --- the referenced key ---

  /** NULLs among the referencing columns of a row. */
  int nulls(Vector[] row, int at) {
    int nulls = 0;
    for (int column : childColumns) {
      nulls += row[column].nulls[at] ? 1 : 0;
    }
    return nulls;
  }

  /**
   * The key that a referencing row refers to.
   *
   * @return null when no referenced row can have it: a NULL, or a number out of its range
   */
  Bytes referencedKey(KeyWriter writer, Vector[] row, int at) {
    return parentKey(writer, row, childColumns, at);
  }

  /** The key that a referenced row has; null with a NULL in it. */
  Bytes ownKey(KeyWriter writer, Vector[] row, int at) {
    return parentKey(writer, row, parentColumns, at);
  }

  private Bytes parentKey(KeyWriter writer, Vector[] row, int[] columns, int at) {
    Vector[] values = new Vector[parentOrder.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[columns[parentOrder[i]]];
    }
    if (!KeyRanges.append(writer.reset(), parentKey, values, 0, values.length, at)) {
      return null;
    }
    Bytes encoded = writer.toBytes();
    return parentIndex == null ? encoded : parentIndex.exclusiveKey(encoded);
  }

  /** Whether a referenced row has {@code parentKey} now; it stays so until the transaction ends. */
  boolean parentExists(Transaction transaction, Bytes parentKey, LockStrength strength) {
    IndexId index = parentIndex == null ? parent.table.rows() : parentIndex.id();
    RowLock lock = transaction.lock(index, parentKey, strength, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null;
  }

  // --- referencing rows ---

  /**
   * Keys of the rows that refer to a referenced row's key, as the transaction sees them now.
   *
   * @param row columns of the referenced row by ordinal
   */
  List<Bytes> childrenOf(Transaction transaction, KeyWriter writer, Vector[] row, int at) {
    Vector[] values = new Vector[childOrder.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[parentColumns[childOrder[i]]];
    }
    List<Bytes> found = new ArrayList<>();
    if (!KeyRanges.append(writer.reset(), childKey, values, 0, values.length, at)) {
      return found;
    }
    Bytes prefix = writer.toBytes();
    if (childIndex == null) {
      try (IndexCursor rows =
          transaction.range(child.table.rows(), KeyRange.prefix(prefix), Direction.FORWARD)) {
        while (rows.next()) {
          found.add(rows.key());
        }
      }
      return found;
    }
    KeyReader reader = new KeyReader();
    try (IndexCursor entries = entries(transaction, prefix)) {
      while (entries.next()) {
        found.add(childIndex.rowKey(entries.key(), entries.value(), reader));
      }
    }
    return found;
  }

  private IndexCursor entries(Transaction transaction, Bytes encoded) {
    return childIndex.definition.kind() == IndexKind.HASH
        ? transaction.lookup(childIndex.id(), encoded)
        : transaction.range(childIndex.id(), KeyRange.prefix(encoded), Direction.FORWARD);
  }

  /** Every referencing row, with its columns read: for keys that have no index. */
  void forEachChild(Transaction transaction, Cancellation cancellation, Consumer<Child> children) {
    boolean[] needed = new boolean[child.layout.columnCount()];
    for (int column : childColumns) {
      needed[column] = true;
    }
    Vector[] columns = child.vectors(needed, 1);
    long rows = 0;
    try (IndexCursor cursor =
        transaction.range(child.table.rows(), KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        if (rows++ % Batch.ROWS_MAX == 0) {
          cancellation.check();
        }
        child.read(cursor.value(), columns, 0);
        children.accept(new Child(cursor.key(), columns));
      }
    }
  }

  /**
   * @param columns of the row by ordinal, in row 0; valid until the next one
   */
  record Child(Bytes rowKey, Vector[] columns) {}
}
