// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockWait;
import io.distdb.sql.activity.LockRow;

/**
 * What a session's transactions wait for, as others see it. Written by the session's thread, read
 * by all.
 */
final class SessionWaits implements LockParty {
  private final LocalSession session;
  private volatile LockWait wait;

  SessionWaits(LocalSession session) {
    this.session = session;
  }

  @Override
  public int number() {
    return session.processId();
  }

  @Override
  public void beginWait(LockWait newWait) {
    wait = newWait;
    session.database().databases().waits().checkWait(session);
  }

  @Override
  public void endWait() {
    wait = null;
  }

  /** The row, table or range that is waited for; null: none is. */
  LockWait current() {
    return wait;
  }

  /** As {@link #current}, as people see it. */
  LockRow row() {
    LockWait now = wait;
    return now == null ? null : LockRows.of(now.view(), session.database().name());
  }

  /** It is refused, and holds up nobody any more. */
  void refused() {
    wait = null;
    session.actions().advisory().refused();
  }
}
