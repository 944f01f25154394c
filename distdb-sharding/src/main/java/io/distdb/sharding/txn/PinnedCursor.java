// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;

/** A cursor whose snapshot must stay readable until it is closed. */
final class PinnedCursor implements IndexCursor {
  private final IndexCursor cursor;
  private final SnapshotTransaction transaction;
  private boolean closed;

  PinnedCursor(IndexCursor cursor, SnapshotTransaction transaction) {
    this.cursor = cursor;
    this.transaction = transaction;
    transaction.cursorOpened();
  }

  @Override
  public boolean next() {
    return cursor.next();
  }

  @Override
  public int next(EntryBlock block) {
    return cursor.next(block);
  }

  @Override
  public Bytes key() {
    return cursor.key();
  }

  @Override
  public Bytes value() {
    return cursor.value();
  }

  @Override
  public void close() {
    cursor.close();
    if (!closed) {
      closed = true;
      transaction.cursorClosed();
    }
  }
}
