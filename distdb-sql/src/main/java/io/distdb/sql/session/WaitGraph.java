// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockWait;
import io.distdb.api.txn.TransactionManager;
import io.distdb.sql.activity.LockRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who waits for whom among the sessions of a store, whatever the locks are: of rows and tables,
 * which the transaction manager has, or advisory ones, which are guarded by this object's lock.
 *
 * <p>Design: circles of rows and tables alone are found where these locks are. Any other goes
 * through somebody who waits for an advisory lock, and is looked for when such a wait begins, and
 * when a wait for a row begins while there is one. Each stands in its queue first and looks second,
 * and both what is written then and what is looked at are volatile or under this lock: of two that
 * close a circle at once, one sees the other. The look holds this lock and then those of the
 * manager, never the other way round, so that all edges are of one moment: a circle that is seen is
 * one. Who closes it is refused. Source: Gray and Reuter, "Transaction Processing", section 8.5.
 */
final class WaitGraph {
  private final TransactionManager transactions;
  private final SessionRegistry sessions;

  /** Of all databases. Written under this object's lock. */
  private volatile int advisoryWaits;

  WaitGraph(TransactionManager transactions, SessionRegistry sessions) {
    this.transactions = transactions;
    this.sessions = sessions;
  }

  /** One more or less waits for an advisory lock. Under this object's lock. */
  void countAdvisoryWait(int change) {
    advisoryWaits += change;
  }

  /**
   * The session has begun to wait for a row, a table or a range.
   *
   * @throws DistDbException {@code DEADLOCK_DETECTED}
   */
  void checkWait(LocalSession session) {
    if (advisoryWaits == 0) {
      return;
    }
    synchronized (this) {
      List<LocalSession> circle = circle(session);
      if (!circle.isEmpty()) {
        DistDbException refusal = refusal(circle);
        session.actions().waits().refused();
        throw refusal;
      }
    }
  }

  /** Sessions each of which waits for the next, the last for the first; or none. */
  synchronized List<LocalSession> circle(LocalSession start) {
    List<LocalSession> found = new ArrayList<>();
    transactions.whileLocksRest(() -> found.addAll(search(start)));
    return found;
  }

  private List<LocalSession> search(LocalSession start) {
    Map<LocalSession, LocalSession> cameFrom = new HashMap<>();
    Deque<LocalSession> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      LocalSession session = open.poll();
      for (LocalSession next : blockers(session)) {
        if (next == start) {
          return path(cameFrom, session);
        }
        if (cameFrom.putIfAbsent(next, session) == null) {
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<LocalSession> path(
      Map<LocalSession, LocalSession> cameFrom, LocalSession last) {
    List<LocalSession> path = new ArrayList<>();
    for (LocalSession step = last; step != null; step = cameFrom.get(step)) {
      path.addFirst(step);
    }
    return path;
  }

  /** The numbers of the sessions that this one waits for. */
  synchronized List<Integer> blockersOf(LocalSession session) {
    TreeSet<Integer> numbers = new TreeSet<>();
    transactions.whileLocksRest(
        () -> blockers(session).forEach(blocker -> numbers.add(blocker.processId())));
    return List.copyOf(numbers);
  }

  private Collection<LocalSession> blockers(LocalSession session) {
    Map<Integer, LocalSession> blockers = new LinkedHashMap<>();
    for (int number : session.database().advisory().blockers(session.processId())) {
      sessions.find(number).ifPresent(found -> blockers.put(number, found));
    }
    LockWait wait = session.actions().waits().current();
    if (wait != null) {
      wait.blockers(party ->
          sessions.find(party.number()).ifPresent(found -> blockers.put(party.number(), found)));
    }
    return blockers.values();
  }

  // --- in words ---

  /** What the first of a circle ends with. Under this object's lock. */
  DistDbException refusal(List<LocalSession> circle) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < circle.size(); i++) {
      LocalSession session = circle.get(i);
      lines.add(
          "Process %d waits for %s; blocked by process %d."
              .formatted(
                  session.processId(),
                  wanted(session),
                  circle.get((i + 1) % circle.size()).processId()));
    }
    return new DistDbException(ErrorCode.DEADLOCK_DETECTED, "deadlock detected")
        .withDetail(String.join("\n", lines));
  }

  private static String wanted(LocalSession session) {
    LockRow row = session.actions().waits().row();
    return row == null
        ? session.database().advisory().wanted(session.processId())
        : LockRows.text(row);
  }
}
