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
  /** Of the number, what counts the sessions of one node of several; above is the node's. */
  private static final int COUNT_BITS = 20;

  private final int node;
  private final ConcurrentHashMap<Integer, LocalSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger newest = new AtomicInteger();
  private final ExportedSnapshots snapshots = new ExportedSnapshots();

  ExportedSnapshots snapshots() {
    return snapshots;
  }

  /**
   * @param node the number of this node; 0: it is alone
   */
  SessionRegistry(int node) {
    this.node = node;
  }

  /** A number that no open session has, on no node; positive. */
  int newProcessId() {
    int most = node == 0 ? Integer.MAX_VALUE : (1 << COUNT_BITS) - 1;
    int number;
    do {
      number = (node << COUNT_BITS) | newest.updateAndGet(last -> last == most ? 1 : last + 1);
    } while (sessions.containsKey(number));
    return number;
  }

  /** The number of the node that gave a session its number, when there are several. */
  static int nodeOf(int processId) {
    return processId >>> COUNT_BITS;
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
