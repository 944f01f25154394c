// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.codec.KeyReader;

/**
 * The rows that index entries lead to, in the order of the entries; in blocks, their keys are
 * looked up together. A row that is gone is passed over: this transaction deleted it after the
 * cursor was opened.
 */
final class EntryRows implements RowCursor {
  private final Transaction transaction;
  private final IndexId rows;
  private final IndexCodec index;
  private final IndexCursor entries;
  private final KeyReader reader = new KeyReader();
  private EntryBlock entryBlock;
  private Bytes rowKey;
  private Bytes row;

  EntryRows(Transaction transaction, IndexId rows, IndexCodec index, IndexCursor entries) {
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
  public int next(EntryBlock block) {
    if (entryBlock == null || entryBlock.capacity() != block.capacity()) {
      entryBlock = new EntryBlock(block.capacity());
    }
    int found = entries.next(entryBlock);
    block.clear();
    for (int at = 0; at < found; at++) {
      index.addRowKey(entryBlock, at, block, reader);
    }
    transaction.getAll(rows, block);
    block.removeAbsent();
    boolean mayHaveMore = found == entryBlock.capacity();
    while (mayHaveMore && !block.isFull() && next()) {
      block.add(rowKey, row);
    }
    return block.size();
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
    entryBlock = null;
  }
}
