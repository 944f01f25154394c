// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;

/**
 * A cursor at a snapshot that may get too old before it ends; what comes out of it was there. It
 * was opened when there was nothing on its way to it any more, so it needs nobody who leads.
 */
final class CheckedCursor implements IndexCursor {
  private final IndexCursor cursor;
  private final SnapshotTransaction transaction;
  private final SnapshotBasis basis;

  CheckedCursor(IndexCursor cursor, SnapshotTransaction transaction) {
    this.cursor = cursor;
    this.transaction = transaction;
    basis = transaction.basis;
  }

  @Override
  public boolean next() {
    boolean found = cursor.next();
    transaction.checkRead(basis);
    return found;
  }

  @Override
  public int next(EntryBlock block) {
    int found = cursor.next(block);
    transaction.checkRead(basis);
    return found;
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
  }
}
