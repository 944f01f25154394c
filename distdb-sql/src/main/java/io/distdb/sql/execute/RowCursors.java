// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.codec.KeyReader;
import java.util.function.IntFunction;

/** The row cursors: over rows in key order, over given keys, over the entries of an index. */
final class RowCursors {
  private RowCursors() {}

  /** Nothing: a key was NULL, or out of its column's range. */
  static RowCursor empty() {
    return new ByKeys(null, null, new Bytes[0]);
  }

  /** Entries of the row index. */
  record Direct(IndexCursor entries) implements RowCursor {
    @Override
    public boolean next() {
      return entries.next();
    }

    @Override
    public int next(EntryBlock block) {
      return entries.next(block);
    }

    @Override
    public Bytes rowKey() {
      return entries.key();
    }

    @Override
    public Bytes row() {
      return entries.value();
    }

    @Override
    public void close() {
      entries.close();
    }
  }

  /** The rows of given keys that exist. */
  static final class ByKeys implements RowCursor {
    private final Transaction transaction;
    private final IndexId rows;
    private final Bytes[] keys;
    private int next;
    private Bytes row;

    ByKeys(Transaction transaction, IndexId rows, Bytes[] keys) {
      this.transaction = transaction;
      this.rows = rows;
      this.keys = keys;
    }

    @Override
    public boolean next() {
      while (next < keys.length) {
        row = transaction.get(rows, keys[next++]);
        if (row != null) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Bytes rowKey() {
      return keys[next - 1];
    }

    @Override
    public Bytes row() {
      return row;
    }

    @Override
    public void close() {
      next = keys.length;
    }
  }

  /** The only entry of given columns in a unique index. */
  static RowCursor ofExclusive(
      Transaction transaction, IndexId rows, IndexCodec index, Bytes encodedColumns) {
    Bytes rowKey = transaction.get(index.id(), index.exclusiveKey(encodedColumns));
    return rowKey == null ? empty() : new ByKeys(transaction, rows, new Bytes[] {rowKey});
  }

  /**
   * The rows that index entries lead to. A row that is gone is passed over: this transaction
   * deleted it after the cursor was opened.
   */
  static final class ByEntries implements RowCursor {
    private final Transaction transaction;
    private final IndexId rows;
    private final IndexCodec index;
    private final IndexCursor entries;
    private final KeyReader reader = new KeyReader();
    private Bytes rowKey;
    private Bytes row;

    ByEntries(Transaction transaction, IndexId rows, IndexCodec index, IndexCursor entries) {
      this.transaction = transaction;
      this.rows = rows;
      this.index = index;
      this.entries = entries;
    }

    @Override
    public boolean next() {
      while (entries.next()) {
        rowKey = index.rowKey(entries.key(), entries.value(), reader);
        row = transaction.get(rows, rowKey);
        if (row != null) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Bytes rowKey() {
      return rowKey;
    }

    @Override
    public Bytes row() {
      return row;
    }

    @Override
    public void close() {
      entries.close();
    }
  }

  /** One cursor after the other; each is opened when its turn comes. */
  static final class Chain implements RowCursor {
    private final int count;
    private final IntFunction<RowCursor> open;
    private int opened;
    private RowCursor current = empty();

    Chain(int count, IntFunction<RowCursor> open) {
      this.count = count;
      this.open = open;
    }

    @Override
    public boolean next() {
      while (!current.next()) {
        current.close();
        if (opened == count) {
          return false;
        }
        current = open.apply(opened++);
      }
      return true;
    }

    @Override
    public Bytes rowKey() {
      return current.rowKey();
    }

    @Override
    public Bytes row() {
      return current.row();
    }

    @Override
    public void close() {
      current.close();
      opened = count;
    }
  }
}
