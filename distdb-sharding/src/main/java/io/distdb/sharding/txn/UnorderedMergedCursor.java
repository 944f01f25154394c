// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexCursor;

/** Committed entries in whatever order, but those that are hidden by own writes; then these. */
final class UnorderedMergedCursor implements IndexCursor {
  private final IndexCursor committed;
  private final OwnWrites own;
  private int ownAt = -1;
  private boolean committedDone;

  UnorderedMergedCursor(IndexCursor committed, OwnWrites own) {
    this.committed = committed;
    this.own = own;
  }

  @Override
  public boolean next() {
    while (!committedDone) {
      if (!committed.next()) {
        committedDone = true;
      } else if (!own.contains(committed.key())) {
        return true;
      }
    }
    do {
      ownAt++;
    } while (ownAt < own.size() && own.values()[ownAt] == null);
    return ownAt < own.size();
  }

  @Override
  public Bytes key() {
    return committedDone ? own.keys()[ownAt] : committed.key();
  }

  @Override
  public Bytes value() {
    return committedDone ? own.values()[ownAt] : committed.value();
  }

  @Override
  public void close() {
    committed.close();
  }
}
