// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.time.Waiter;

/** What functions may do to the session that calls them, and to others. By its thread. */
public interface SessionControl {
  /** The number of this session among all of the server's. */
  int processId();

  /**
   * Cancels what the session of that number runs.
   *
   * @return false: there is none of that number, which the user was told
   */
  boolean cancel(int processId);

  /** Ends the session of that number; else as {@link #cancel}. */
  boolean terminate(int processId);

  /** Whether there is a session of that number. */
  boolean isAlive(int processId);

  /** A place where the session's thread may wait. */
  Waiter waiter();

  /** The monotonic clock. */
  long nanoTime();

  /** Adds a warning to what the user is told of the statement. */
  void warn(String sqlState, String message);
}
