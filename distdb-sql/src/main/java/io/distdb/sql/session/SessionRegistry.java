// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open sessions of all databases of a store, by the number that PostgreSQL calls the process id
 * of a backend, and the snapshots that they hand on. Thread-safe.
 */
final class SessionRegistry {
  private final ConcurrentHashMap<Integer, LocalSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger newest = new AtomicInteger();
  private final ExportedSnapshots snapshots = new ExportedSnapshots();

  ExportedSnapshots snapshots() {
    return snapshots;
  }

  /** A number that no open session has; positive. */
  int newProcessId() {
    int number;
    do {
      number = newest.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
    } while (sessions.containsKey(number));
    return number;
  }

  void add(LocalSession session) {
    sessions.put(session.processId(), session);
  }

  void remove(LocalSession session) {
    sessions.remove(session.processId(), session);
  }

  Optional<LocalSession> find(int processId) {
    return Optional.ofNullable(sessions.get(processId));
  }

  /** All of them, by number. */
  List<LocalSession> all() {
    return sessions.values().stream()
        .sorted(Comparator.comparingInt(LocalSession::processId))
        .toList();
  }
}
