// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;

/** Cursors over rows in key order, and over the rows of given keys; see also {@link EntryRows}. */
final class RowCursors {
  private RowCursors() {}

  /** Nothing: a key was NULL, or out of its column's range. */
  static RowCursor empty() {
    return new Entries(EntryCursors.empty());
  }

  /** The rows of given keys that exist, in the order of the keys. */
  static RowCursor byKeys(Transaction transaction, IndexId rows, Bytes[] keys) {
    return new Entries(new EntryCursors.ByKeys(transaction, rows, keys));
  }

  /** The row of the only entry of given columns in a unique index. */
  static RowCursor ofExclusive(
      Transaction transaction, IndexId rows, IndexCodec index, Bytes encodedColumns) {
    Bytes rowKey = transaction.get(index.id(), index.exclusiveKey(encodedColumns));
    return rowKey == null ? empty() : byKeys(transaction, rows, new Bytes[] {rowKey});
  }

  /** Entries of the row index. */
  record Entries(IndexCursor entries) implements RowCursor {
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
}
