// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockWait;
import io.distdb.api.txn.TransactionManager;
import io.distdb.sql.activity.LockRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

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
  private final Databases databases;

  /** Sessions of other nodes that wait for a row, a table or a range here. */
  private final ConcurrentHashMap<Integer, GuestWaits> guests = new ConcurrentHashMap<>();

  /** Of all databases. Written under this object's lock. */
  private volatile int advisoryWaits;

  WaitGraph(TransactionManager transactions, Databases databases) {
    this.transactions = transactions;
    this.databases = databases;
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
    checkWait(session.processId(), session.actions().waits()::refused);
  }

  private void checkWait(int session, Runnable refused) {
    if (advisoryWaits == 0) {
      return;
    }
    synchronized (this) {
      List<Integer> circle = circle(session);
      if (!circle.isEmpty()) {
        DistDbException refusal = refusal(circle);
        refused.run();
        throw refusal;
      }
    }
  }

  /**
   * As {@link #checkWait(LocalSession)}, of a session of another node whose locks are kept here.
   *
   * @throws DistDbException {@code DEADLOCK_DETECTED}
   */
  void guestWaits(GuestWaits guest) {
    guests.put(guest.number(), guest);
    checkWait(guest.number(), guest::refused);
  }

  void guestGoesOn(GuestWaits guest) {
    guests.remove(guest.number(), guest);
  }

  /** Sessions each of which waits for the next, the last for the first; or none. */
  synchronized List<Integer> circle(int start) {
    List<Integer> found = new ArrayList<>();
    transactions.whileLocksRest(() -> found.addAll(search(start)));
    return found;
  }

  private List<Integer> search(int start) {
    Map<Integer, Integer> cameFrom = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      int session = open.poll();
      for (int next : blockers(session)) {
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

  private static List<Integer> path(Map<Integer, Integer> cameFrom, int last) {
    List<Integer> path = new ArrayList<>();
    for (Integer step = last; step != null; step = cameFrom.get(step)) {
      path.addFirst(step);
    }
    return path;
  }

  /** The numbers of the sessions that this one waits for. */
  synchronized List<Integer> blockersOf(int session) {
    TreeSet<Integer> numbers = new TreeSet<>();
    transactions.whileLocksRest(() -> numbers.addAll(blockers(session)));
    return List.copyOf(numbers);
  }

  /** Of sessions of other nodes those are known that wait here, for this node leads. */
  private Set<Integer> blockers(int session) {
    Set<Integer> blockers = new LinkedHashSet<>();
    for (Database database : databases.opened()) {
      blockers.addAll(database.advisory().blockers(session));
    }
    wait(session).ifPresent(waits -> waits.blockers(party -> blockers.add(party.number())));
    return blockers;
  }

  private Optional<LockWait> wait(int session) {
    GuestWaits guest = guests.get(session);
    return guest == null
        ? databases.sessions().find(session).map(here -> here.actions().waits().current())
        : Optional.ofNullable(guest.current());
  }

  private Optional<LockRow> row(int session) {
    GuestWaits guest = guests.get(session);
    return guest == null
        ? databases.sessions().find(session).map(here -> here.actions().waits().row())
        : Optional.ofNullable(guest.row());
  }

  // --- in words ---

  /** What the first of a circle ends with. Under this object's lock. */
  DistDbException refusal(List<Integer> circle) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < circle.size(); i++) {
      lines.add(
          "Process %d waits for %s; blocked by process %d."
              .formatted(
                  circle.get(i), wanted(circle.get(i)), circle.get((i + 1) % circle.size())));
    }
    return new DistDbException(ErrorCode.DEADLOCK_DETECTED, "deadlock detected")
        .withDetail(String.join("\n", lines));
  }

  private String wanted(int session) {
    return row(session)
        .map(LockRows::text)
        .orElseGet(() ->
            databases.opened().stream()
                .map(database -> database.advisory().wanted(session))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("a lock"));
  }
}
