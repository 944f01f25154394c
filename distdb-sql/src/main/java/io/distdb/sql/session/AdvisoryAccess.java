// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.LockStrength;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import io.distdb.sql.function.Caller;
import java.util.List;

/**
 * Where the advisory locks of one database's sessions are kept. Of a session's own locks none is in
 * its way. Thread-safe.
 */
interface AdvisoryAccess {
  /** A lock that is held. By the thread of the session that has it. */
  interface Hold {
    /** Whether somebody else may hold it by now. */
    boolean isLost();

    /** Gives it back, lost or not. Never fails; when it returns others can have it, if it can. */
    void release();

    /** As {@link #release}, but does not wait for that. Any thread. */
    void abandon();
  }

  /**
   * @return null: it would have to wait
   * @throws io.distdb.api.error.DistDbException {@code OUT_OF_MEMORY}: too many locks are held;
   *     {@code CANNOT_CONNECT_NOW}: nobody can say
   */
  Hold tryLock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller);

  /**
   * Waits as long as {@code lock_timeout} says.
   *
   * @throws io.distdb.api.error.DistDbException {@code DEADLOCK_DETECTED}, {@code
   *     LOCK_NOT_AVAILABLE}; {@code QUERY_CANCELED}; as {@link #tryLock}
   */
  Hold lock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller);

  /** Those that are held and waited for, as far as this node knows. */
  List<LockRow> rows(Database database);
}
