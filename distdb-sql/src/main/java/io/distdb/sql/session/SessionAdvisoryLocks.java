// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
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
import java.util.function.Consumer;

/**
 * The advisory locks that one session holds, for itself and for its transaction: in {@link
 * AdvisoryAccess} at most one of each. Used by whoever has the session.
 */
final class SessionAdvisoryLocks implements AdvisoryControl {
  private record Held(AdvisoryKey key, LockStrength strength) {}

  private record OfTransaction(Held held, AdvisoryAccess.Hold hold) {}

  /** A lock of the session itself. */
  private static final class OfSession {
    final AdvisoryAccess.Hold hold;

    /** How often it was locked. */
    int count = 1;

    OfSession(AdvisoryAccess.Hold hold) {
      this.hold = hold;
    }
  }

  private final LocalSession session;
  private final Map<Held, OfSession> ofSession = new LinkedHashMap<>(0);
  private final List<OfTransaction> ofTransaction = new ArrayList<>(0);
  private final Set<Held> ofTransactionOnce = new HashSet<>(0);

  /** How many of the transaction's there were when its savepoints were set. */
  private final List<Integer> marks = new ArrayList<>(0);

  private boolean lasting;

  SessionAdvisoryLocks(LocalSession session) {
    this.session = session;
  }

  private AdvisoryAccess access() {
    return session.database().advisoryAccess();
  }

  /**
   * The session has what it was given, as far as is known. In a cluster locks are lost with the
   * leadership under which they were given; the session is told once, and has none then.
   *
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}
   */
  void check() {
    if (!isLost()) {
      return;
    }
    abandon();
    lasting = true;
    throw new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the advisory locks of the session are lost: the node that kept them leads no more")
        .withHint("Take them again, and look what others have done meanwhile.");
  }

  /** Whether what it was given is lost: all of it, then. */
  boolean isLost() {
    return !ofSession.isEmpty()
        ? ofSession.values().iterator().next().hold.isLost()
        : !ofTransaction.isEmpty() && ofTransaction.getFirst().hold().isLost();
  }

  // --- what functions do ---

  @Override
  public void lock(AdvisoryKey key, LockStrength strength, AdvisoryScope scope, Caller caller) {
    Held wanted = new Held(key, strength);
    if (!again(wanted, scope)) {
      note(wanted, scope, acquire(wanted, caller));
    }
  }

  @Override
  public boolean tryLock(
      AdvisoryKey key, LockStrength strength, AdvisoryScope scope, Caller caller) {
    Held wanted = new Held(key, strength);
    if (again(wanted, scope)) {
      return true;
    }
    AdvisoryAccess.Hold hold = access().tryLock(session, key, strength, caller);
    if (hold != null) {
      note(wanted, scope, hold);
    }
    return hold != null;
  }

  /** Whether the lock is held in the same way already; then that counts once more. */
  private boolean again(Held wanted, AdvisoryScope scope) {
    return switch (scope) {
      case TRANSACTION -> ofTransactionOnce.contains(wanted);
      case SESSION -> {
        OfSession held = ofSession.get(wanted);
        if (held != null) {
          lasting = true;
          held.count++;
        }
        yield held != null;
      }
    };
  }

  private void note(Held locked, AdvisoryScope scope, AdvisoryAccess.Hold hold) {
    switch (scope) {
      case SESSION -> {
        lasting = true;
        ofSession.put(locked, new OfSession(hold));
      }
      case TRANSACTION -> {
        ofTransactionOnce.add(locked);
        ofTransaction.add(new OfTransaction(locked, hold));
      }
    }
  }

  private AdvisoryAccess.Hold acquire(Held wanted, Caller caller) {
    try {
      return access().lock(session, wanted.key(), wanted.strength(), caller);
    } catch (DistDbException refused) {
      // another attempt would meet the same
      lasting |=
          refused.code() == ErrorCode.DEADLOCK_DETECTED
              || refused.code() == ErrorCode.OUT_OF_MEMORY;
      throw refused;
    }
  }

  @Override
  public boolean unlock(AdvisoryKey key, LockStrength strength) {
    Held given = new Held(key, strength);
    OfSession held = ofSession.get(given);
    if (held == null) {
      String mode = AdvisoryRequest.mode(strength);
      session.actions().warn("01000", "you don't own a lock of type " + mode);
      return false;
    }
    lasting = true;
    if (--held.count == 0) {
      ofSession.remove(given);
      held.hold.release();
    }
    return true;
  }

  @Override
  public void unlockAll() {
    lasting = true;
    ofSession.values().forEach(held -> held.hold.release());
    ofSession.clear();
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
    if (!ofTransaction.isEmpty()) {
      backTo(0, AdvisoryAccess.Hold::release);
    }
    marks.clear();
    lasting = false;
  }

  /** The session begins anew. */
  void releaseAll() {
    unlockAll();
    endTransaction();
  }

  /** The session ends, or is told that it has none: nothing waits for that. */
  void abandon() {
    ofSession.values().forEach(held -> held.hold.abandon());
    ofSession.clear();
    backTo(0, AdvisoryAccess.Hold::abandon);
    marks.replaceAll(mark -> 0);
  }

  /** What was locked since the last savepoint is given back at once. */
  void failed() {
    backTo(marks.isEmpty() ? 0 : marks.getLast(), AdvisoryAccess.Hold::release);
  }

  void savepoint() {
    marks.add(ofTransaction.size());
  }

  /**
   * @param savepoints how many were there before the one in question
   */
  void rolledBackTo(int savepoints) {
    backTo(marks.get(savepoints), AdvisoryAccess.Hold::release);
    marks.subList(savepoints + 1, marks.size()).clear();
  }

  void released(int savepoints) {
    marks.subList(savepoints, marks.size()).clear();
  }

  private void backTo(int size, Consumer<AdvisoryAccess.Hold> how) {
    for (int i = ofTransaction.size(); i > size; i--) {
      OfTransaction last = ofTransaction.removeLast();
      ofTransactionOnce.remove(last.held());
      how.accept(last.hold());
    }
  }
}
