// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.Invariant;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.LockView;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds one advisory lock, and who waits for it, in the order of their coming. Who holds it
 * already goes before those whom he keeps waiting, so that he need not wait for himself. Guarded by
 * the lock of {@link AdvisoryLocks}.
 */
final class AdvisoryLock {
  /** How often a session holds the lock: for itself, for its transaction, or both. */
  private static final class Hold {
    int shared;
    int exclusive;

    void add(LockStrength strength, int count) {
      switch (strength) {
        case SHARED -> shared += count;
        case EXCLUSIVE -> exclusive += count;
      }
      Invariant.check(shared >= 0 && exclusive >= 0, "an advisory lock was not held");
    }

    boolean conflictsWith(AdvisoryRequest request) {
      return exclusive > 0 || request.strength() == LockStrength.EXCLUSIVE;
    }

    boolean isOver() {
      return shared == 0 && exclusive == 0;
    }
  }

  private final Map<Integer, Hold> holds = new LinkedHashMap<>(2);
  private final List<AdvisoryRequest> queue = new ArrayList<>(0);

  boolean isFree() {
    return holds.isEmpty() && queue.isEmpty();
  }

  /**
   * @return false: it would have to wait
   */
  boolean tryGrant(AdvisoryRequest request) {
    boolean free = blockers(request, place(request)).isEmpty();
    if (free) {
      hold(request);
    }
    return free;
  }

  void enqueue(AdvisoryRequest request) {
    queue.add(place(request), request);
  }

  private int place(AdvisoryRequest request) {
    Hold own = holds.get(request.processId());
    if (own != null) {
      for (int i = 0; i < queue.size(); i++) {
        if (own.conflictsWith(queue.get(i))) {
          return i;
        }
      }
    }
    return queue.size();
  }

  private void hold(AdvisoryRequest request) {
    holds.computeIfAbsent(request.processId(), session -> new Hold()).add(request.strength(), 1);
    request.grant();
  }

  /** The sessions that a request in the queue waits for. */
  Set<Integer> blockers(AdvisoryRequest request) {
    return blockers(request, queue.indexOf(request));
  }

  /**
   * @param place of the request among those that wait
   */
  private Set<Integer> blockers(AdvisoryRequest request, int place) {
    Set<Integer> blockers = new TreeSet<>();
    holds.forEach((session, hold) -> {
      if (session != request.processId() && hold.conflictsWith(request)) {
        blockers.add(session);
      }
    });
    for (AdvisoryRequest earlier : queue.subList(0, place)) {
      if (earlier.conflictsWith(request.strength())) {
        blockers.add(earlier.processId());
      }
    }
    return blockers;
  }

  /** Those who hold it and those who wait for it. */
  List<LockRow> rows(AdvisoryKey key, String database) {
    LockRow.Locked locked = new LockRow.Locked.Application(key.number(), key.pair());
    List<LockRow> rows = new ArrayList<>();
    holds.forEach((session, hold) -> {
      if (hold.shared > 0) {
        rows.add(new LockRow(session, 0, database, locked, LockView.Mode.SHARED, 0));
      }
      if (hold.exclusive > 0) {
        rows.add(new LockRow(session, 0, database, locked, LockView.Mode.EXCLUSIVE, 0));
      }
    });
    for (AdvisoryRequest waiting : queue) {
      LockView.Mode mode =
          switch (waiting.strength()) {
            case SHARED -> LockView.Mode.SHARED;
            case EXCLUSIVE -> LockView.Mode.EXCLUSIVE;
          };
      rows.add(new LockRow(waiting.processId(), 0, database, locked, mode, waiting.sinceMicros()));
    }
    return rows;
  }

  void release(int processId, LockStrength strength) {
    Hold hold = holds.get(processId);
    Invariant.check(hold != null, "session %d holds no such advisory lock", processId);
    hold.add(strength, -1);
    if (hold.isOver()) {
      holds.remove(processId);
    }
  }

  void withdraw(AdvisoryRequest request) {
    queue.remove(request);
  }

  /** Grants what can be granted now, and returns it. */
  List<AdvisoryRequest> grantNext() {
    List<AdvisoryRequest> granted = new ArrayList<>();
    for (int i = 0; i < queue.size(); ) {
      AdvisoryRequest request = queue.get(i);
      if (blockers(request, i).isEmpty()) {
        queue.remove(i);
        hold(request);
        granted.add(request);
      } else {
        i++;
      }
    }
    return granted;
  }
}
