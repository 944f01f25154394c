// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;

/** Committed entries and own writes, both in the same order, as one; an own write hides. */
final class MergedCursor implements IndexCursor {
  private final IndexCursor committed;
  private final OwnWrites own;
  private final boolean forward;
  private int ownAt;
  private boolean committedReady;
  private boolean committedDone;
  private Bytes key;
  private Bytes value;

  MergedCursor(IndexCursor committed, OwnWrites own, Direction direction) {
    this.committed = committed;
    this.own = own;
    forward = direction == Direction.FORWARD;
    ownAt = forward ? 0 : own.size() - 1;
  }

  @Override
  public boolean next() {
    while (true) {
      if (!committedReady && !committedDone) {
        committedReady = committed.next();
        committedDone = !committedReady;
      }
      boolean ownReady = ownAt >= 0 && ownAt < own.size();
      if (!ownReady && !committedReady) {
        return false;
      }
      int order = ownReady && committedReady ? compare() : ownReady ? -1 : 1;
      if (order > 0) {
        key = committed.key();
        value = committed.value();
        committedReady = false;
        return true;
      }
      committedReady &= order != 0;
      key = own.keys()[ownAt];
      value = own.values()[ownAt];
      ownAt += forward ? 1 : -1;
      if (value != null) {
        return true;
      }
    }
  }

  /** Negative: the own write comes first; 0: it hides the committed entry. */
  private int compare() {
    int order = own.keys()[ownAt].compareTo(committed.key());
    return forward ? order : -order;
  }

  @Override
  public Bytes key() {
    return key;
  }

  @Override
  public Bytes value() {
    return value;
  }

  @Override
  public void close() {
    committed.close();
  }
}
