// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;

/** What ends with the rows of a FETCH: its statement, not its cursor. */
final class FetchEnd implements CursorRows.End {
  private final LocalSession session;
  private final RunningStatement running;
  private final TransactionBlock block;
  private CursorRows rows;

  /**
   * @param running null when the rows are there already
   * @param block null outside of one
   */
  FetchEnd(LocalSession session, RunningStatement running, TransactionBlock block) {
    this.session = session;
    this.running = running;
    this.block = block;
  }

  /** The rows in question: the block closes them if nobody else does. */
  void of(CursorRows fetched) {
    rows = fetched;
    if (block != null) {
      block.opened(fetched);
    }
  }

  @Override
  public void finished() {
    session.runner().pause(running);
    if (block != null) {
      block.closed(rows);
    }
  }

  @Override
  public DistDbException failed(Throwable failure) {
    if (block != null) {
      block.fail();
    }
    finished();
    return session.explained(failure);
  }
}
