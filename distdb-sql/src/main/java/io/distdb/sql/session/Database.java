// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.TransactionManager;

/** SQL over a transaction manager. Thread-safe; its sessions are not. */
public final class Database implements AutoCloseable {
  private Database() {}

  /**
   * Opens the database whose data {@code transactions} has; an empty store gets the system tables.
   * The database does not own the manager: close the database first, then the manager.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: the catalog was written by a newer version
   */
  public static Database open(
      TransactionManager transactions, Scheduler scheduler, Clock clock, DatabaseOptions options) {
    throw new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED, "SQL sessions are not in this build yet");
  }

  public Session newSession() {
    throw new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED, "SQL sessions are not in this build yet");
  }

  /** Closes every session. May be called twice. */
  @Override
  public void close() {}
}
