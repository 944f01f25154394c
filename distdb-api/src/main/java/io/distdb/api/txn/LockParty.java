// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/**
 * Whose transactions they are, as locks know it: a session. It waits for one lock at a time, so
 * that who waits for whom is a graph of parties.
 */
public interface LockParty {
  /** What it is called where locks are shown; no two that live have the same. */
  int number();

  /**
   * A transaction of this party begins to wait, and stands in the queue already. By the thread that
   * will wait, which holds nothing of the lock table.
   *
   * @throws io.distdb.api.error.DistDbException it shall not wait, as that would never end: {@code
   *     DEADLOCK_DETECTED}
   */
  void beginWait(LockWait wait);

  /** The wait is over, whatever came of it, also of {@link #beginWait}. By the same thread. */
  void endWait();
}
