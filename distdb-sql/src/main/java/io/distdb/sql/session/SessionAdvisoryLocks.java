// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.function.AdvisoryControl;
import io.distdb.sql.function.AdvisoryKey;
import io.distdb.sql.function.AdvisoryScope;
import io.distdb.sql.function.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The advisory locks that one session holds, for itself and for its transaction: in {@link
 * AdvisoryLocks} at most one of each. Used by whoever has the session.
 */
final class SessionAdvisoryLocks implements AdvisoryControl {
  private record Held(AdvisoryKey key, LockStrength strength) {}

  private final LocalSession session;

  /** How often each was locked for the session. */
  private final Map<Held, Integer> ofSession = new LinkedHashMap<>(0);

  private final List<Held> ofTransaction = new ArrayList<>(0);
  private final Set<Held> ofTransactionOnce = new HashSet<>(0);

  /** How many of the transaction's there were when its savepoints were set. */
  private final List<Integer> marks = new ArrayList<>(0);

  private boolean lasting;

  SessionAdvisoryLocks(LocalSession session) {
    this.session = session;
  }

  private AdvisoryLocks table() {
    return session.database().advisory();
  }

  // --- what functions do ---

  @Override
  public void lock(AdvisoryKey key, LockStrength strength, AdvisoryScope scope, Caller caller) {
    Held wanted = new Held(key, strength);
    if (!isHeld(wanted, scope)) {
      acquire(wanted, caller);
    }
    note(wanted, scope);
  }

  @Override
  public boolean tryLock(AdvisoryKey key, LockStrength strength, AdvisoryScope scope) {
    Held wanted = new Held(key, strength);
    boolean locked = isHeld(wanted, scope) || table().tryLock(request(wanted));
    if (locked) {
      note(wanted, scope);
    }
    return locked;
  }

  private boolean isHeld(Held wanted, AdvisoryScope scope) {
    return switch (scope) {
      case SESSION -> ofSession.containsKey(wanted);
      case TRANSACTION -> ofTransactionOnce.contains(wanted);
    };
  }

  private void note(Held locked, AdvisoryScope scope) {
    switch (scope) {
      case SESSION -> {
        lasting = true;
        ofSession.merge(locked, 1, Integer::sum);
      }
      case TRANSACTION -> {
        if (ofTransactionOnce.add(locked)) {
          ofTransaction.add(locked);
        }
      }
    }
  }

  private AdvisoryRequest request(Held wanted) {
    return new AdvisoryRequest(
        session.processId(), wanted.key(), wanted.strength(), session.actions().waiter());
  }

  private void acquire(Held wanted, Caller caller) {
    AdvisoryRequest request = request(wanted);
    boolean granted;
    try {
      granted = table().lock(request, session);
    } catch (DistDbException refused) {
      lasting = true; // another attempt would meet the same
      throw refused;
    }
    if (!granted) {
      await(request, caller);
    }
  }

  /** A lock that is granted at the last moment is the session's, unless it was disturbed. */
  private void await(AdvisoryRequest request, Caller caller) {
    long limit = session.settings().values().lockTimeoutNanos();
    boolean disturbed = true;
    try {
      caller.sleepUntil(request::isGranted, limit == 0 ? Waiter.FOREVER : limit);
      disturbed = false;
    } finally {
      boolean granted = !table().withdraw(request);
      if (granted && disturbed) {
        release(new Held(request.key(), request.strength()));
      }
    }
    if (!request.isGranted()) {
      throw new DistDbException(
          ErrorCode.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
    }
  }

  @Override
  public boolean unlock(AdvisoryKey key, LockStrength strength) {
    Held given = new Held(key, strength);
    Integer count = ofSession.get(given);
    if (count == null) {
      String mode = AdvisoryRequest.mode(strength);
      session.actions().warn("01000", "you don't own a lock of type " + mode);
      return false;
    }
    lasting = true;
    if (count > 1) {
      ofSession.put(given, count - 1);
    } else {
      ofSession.remove(given);
      release(given);
    }
    return true;
  }

  @Override
  public void unlockAll() {
    lasting = true;
    ofSession.keySet().forEach(this::release);
    ofSession.clear();
  }

  private void release(Held given) {
    table().release(session.processId(), given.key(), given.strength());
  }

  // --- what transactions do ---

  /**
   * Whether the transaction outside of a block must not be tried again: what it did to locks of the
   * session has happened, or it would meet the same deadlock.
   */
  boolean isLasting() {
    return lasting;
  }

  /** The transaction would have closed a circle of waits; so would another attempt. */
  void refused() {
    lasting = true;
  }

  void endTransaction() {
    backTo(0);
    marks.clear();
    lasting = false;
  }

  /** The session ends, or begins anew. */
  void releaseAll() {
    unlockAll();
    endTransaction();
  }

  /** What was locked since the last savepoint is given back at once. */
  void failed() {
    backTo(marks.isEmpty() ? 0 : marks.getLast());
  }

  void savepoint() {
    marks.add(ofTransaction.size());
  }

  /**
   * @param savepoints how many were there before the one in question
   */
  void rolledBackTo(int savepoints) {
    backTo(marks.get(savepoints));
    marks.subList(savepoints + 1, marks.size()).clear();
  }

  void released(int savepoints) {
    marks.subList(savepoints, marks.size()).clear();
  }

  private void backTo(int size) {
    for (int i = ofTransaction.size(); i > size; i--) {
      Held last = ofTransaction.removeLast();
      ofTransactionOnce.remove(last);
      release(last);
    }
  }
}
