// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockWait;
import io.distdb.sql.activity.LockRow;

/** What a transaction of another node's session waits for here, where its locks are kept. */
final class GuestWaits implements LockParty {
  private final int number;
  private final WaitGraph graph;
  private volatile LockWait wait;

  GuestWaits(int number, WaitGraph graph) {
    this.number = number;
    this.graph = graph;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void beginWait(LockWait newWait) {
    wait = newWait;
    graph.guestWaits(this);
  }

  @Override
  public void endWait() {
    refused();
    graph.guestGoesOn(this);
  }

  /** Null: for nothing. */
  LockWait current() {
    return wait;
  }

  /** As {@link #current}, as people see it. */
  LockRow row() {
    LockWait now = wait;
    return now == null ? null : LockRows.of(now.view(), null);
  }

  /** It is refused, and holds up nobody any more. */
  void refused() {
    wait = null;
  }
}
