// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients that are connected. Thread-safe. */
final class Connections {
  private final ConcurrentHashMap<Integer, Connection> byProcess = new ConcurrentHashMap<>();
  private final AtomicInteger processes = new AtomicInteger();

  /** A number that no client that is connected has; positive, as a process id. */
  int newProcess() {
    int process;
    do {
      process = processes.incrementAndGet() & Integer.MAX_VALUE;
    } while (process == 0 || byProcess.containsKey(process));
    return process;
  }

  void add(Connection connection) {
    byProcess.put(connection.process(), connection);
  }

  void remove(Connection connection) {
    byProcess.remove(connection.process());
  }

  Optional<Connection> find(int process) {
    return Optional.ofNullable(byProcess.get(process));
  }

  int count() {
    return byProcess.size();
  }

  List<Connection> all() {
    return List.copyOf(byProcess.values());
  }
}
