// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.txn.LockStrength;

/**
 * The advisory locks of a session (PostgreSQL's documentation, 13.3.5 and 9.27.10). Used by its
 * thread.
 */
public interface AdvisoryControl {
  /**
   * Waits until the lock is the session's.
   *
   * @param caller the statement that waits
   * @throws io.distdb.api.error.DistDbException {@code LOCK_NOT_AVAILABLE}: lock_timeout is over;
   *     {@code DEADLOCK_DETECTED}; {@code QUERY_CANCELED}; {@code OUT_OF_MEMORY}: too many locks
   */
  void lock(AdvisoryKey key, LockStrength strength, AdvisoryScope scope, Caller caller);

  /**
   * As {@link #lock} without waiting.
   *
   * @return false: another session holds it, or waits for it
   */
  boolean tryLock(AdvisoryKey key, LockStrength strength, AdvisoryScope scope, Caller caller);

  /**
   * Gives back one of the session's locks on the key. The user is told when there is none.
   *
   * @return false: there is none
   */
  boolean unlock(AdvisoryKey key, LockStrength strength);

  /** Gives back all that the session holds for itself, not what its transaction holds. */
  void unlockAll();
}
