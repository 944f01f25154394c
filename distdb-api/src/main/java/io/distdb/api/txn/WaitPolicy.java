// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** What to do when a lock is held by another transaction. */
public enum WaitPolicy {
  /** Wait, at most the lock time-out. */
  WAIT,
  /** {@code LOCK_NOT_AVAILABLE} at once. */
  NO_WAIT,
  /** Say so, and let the caller pass over the row. */
  SKIP
}
