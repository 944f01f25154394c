// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The unique keys by which ON CONFLICT finds the row that is there already. Immutable.
 *
 * <p>A key that is free stays locked, so that the insert that follows cannot fail by it. REPEATABLE
 * READ ends with 40001 when the row is newer than its snapshot, as in PostgreSQL.
 */
final class Arbiters {
  private final TableCodec table;
  private final boolean primaryKey;
  private final List<IndexCodec> indexes = new ArrayList<>();

  /**
   * @param ids of {@code table}'s rows for its primary key, and of its unique indexes; empty: all
   */
  Arbiters(List<IndexId> ids, TableCodec table) {
    this.table = table;
    primaryKey = !table.table.hasRowId() && (ids.isEmpty() || ids.contains(table.table.rows()));
    for (IndexCodec index : table.indexes) {
      if (index.definition.unique() && (ids.isEmpty() || ids.contains(index.id()))) {
        indexes.add(index);
      }
    }
  }

  Run newRun() {
    return new Run();
  }

  /** Searches for one statement after another. */
  final class Run {
    private final KeyWriter writer = new KeyWriter(16);
    private Transaction transaction;
    private Bytes key;
    private Bytes row;

    void begin(Execution execution) {
      transaction = execution.transaction();
    }

    void release() {
      transaction = null;
      key = null;
      row = null;
    }

    /** Key of the row that {@link #lock} found. */
    Bytes key() {
      return key;
    }

    /** Its newest value. */
    Bytes row() {
      return row;
    }

    /** Whether one of the keys is there. Looks before it locks: readers of rows lock none. */
    boolean isTaken(Vector[] columns, int at) {
      if (primaryKey && isTaken(table.table.rows(), table.rowKey(writer, columns, at))) {
        return true;
      }
      for (IndexCodec index : indexes) {
        IndexCodec.Entry entry = index.entry(writer, columns, at, Bytes.EMPTY);
        if (entry.exclusive() && isTaken(index.id(), entry.key())) {
          return true;
        }
      }
      return false;
    }

    private boolean isTaken(IndexId index, Bytes wanted) {
      return transaction.get(index, wanted) != null || locked(index, wanted) != null;
    }

    /** The newest value of a key, locked. */
    private Bytes locked(IndexId index, Bytes wanted) {
      RowLock lock = transaction.lock(index, wanted, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      return ((RowLock.Held) lock).value();
    }

    /** Finds the row that has one of the keys, and locks it; false: they are free, and locked. */
    boolean lock(Vector[] columns, int at) {
      if (primaryKey) {
        Bytes wanted = table.rowKey(writer, columns, at);
        Bytes value = locked(table.table.rows(), wanted);
        if (value != null) {
          key = wanted;
          row = value;
          return true;
        }
      }
      for (IndexCodec index : indexes) {
        IndexCodec.Entry entry = index.entry(writer, columns, at, Bytes.EMPTY);
        if (entry.exclusive() && lock(index.id(), entry.key())) {
          return true;
        }
      }
      return false;
    }

    /**
     * Rows are locked before their entries, as every change does it: so the row that the entry
     * seems to have is locked first, then the entry is read under its own lock.
     */
    private boolean lock(IndexId index, Bytes entryKey) {
      Bytes seen = transaction.get(index, entryKey);
      if (seen != null) {
        locked(table.table.rows(), seen);
      }
      Bytes owner = locked(index, entryKey);
      if (owner == null) {
        return false;
      }
      key = owner;
      row = locked(table.table.rows(), owner);
      if (row == null) {
        throw new DistDbException(
            ErrorCode.SERIALIZATION_FAILURE, "could not serialize access due to concurrent delete");
      }
      return true;
    }
  }
}
