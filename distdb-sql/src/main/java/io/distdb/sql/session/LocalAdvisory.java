// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import io.distdb.sql.function.Caller;
import java.util.List;

/** The advisory locks of a node alone. */
record LocalAdvisory(AdvisoryLocks locks) implements AdvisoryAccess {
  private record Held(AdvisoryLocks locks, AdvisoryRequest request) implements Hold {
    @Override
    public boolean isLost() {
      return false;
    }

    @Override
    public void release() {
      locks.release(request);
    }

    @Override
    public void abandon() {
      release();
    }
  }

  @Override
  public Hold tryLock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller) {
    AdvisoryRequest request = AdvisoryRequest.of(session, key, strength);
    return locks.tryLock(request) ? new Held(locks, request) : null;
  }

  @Override
  public Hold lock(LocalSession session, AdvisoryKey key, LockStrength strength, Caller caller) {
    AdvisoryRequest request = AdvisoryRequest.of(session, key, strength);
    if (!locks.lock(request)) {
      long limit = session.settings().values().lockTimeoutNanos();
      await(locks, request, caller, limit == 0 ? Waiter.FOREVER : limit);
    }
    return new Held(locks, request);
  }

  /** A lock that is granted at the last moment is the session's, unless it was disturbed. */
  private static void await(
      AdvisoryLocks locks, AdvisoryRequest request, Caller caller, long nanos) {
    boolean disturbed = true;
    try {
      caller.sleepUntil(request::isGranted, nanos);
      disturbed = false;
    } finally {
      boolean granted = !locks.withdraw(request);
      if (granted && disturbed) {
        locks.release(request);
      }
    }
    if (!request.isGranted()) {
      throw timedOut();
    }
  }

  static DistDbException timedOut() {
    return new DistDbException(
        ErrorCode.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
  }

  @Override
  public List<LockRow> rows(Database database) {
    return locks.rows(database.name());
  }
}
