// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients that are connected. Thread-safe. */
final class Connections {
  private final ConcurrentHashMap<Integer, Cancellable> byProcess = new ConcurrentHashMap<>();
  private final AtomicInteger processes = new AtomicInteger();

  /** A number that no client that is connected has; positive, as a process id. */
  int newProcess() {
    int process;
    do {
      process = processes.incrementAndGet() & Integer.MAX_VALUE;
    } while (process == 0 || byProcess.containsKey(process));
    return process;
  }

  void add(Cancellable connection) {
    byProcess.put(connection.process(), connection);
  }

  void remove(Cancellable connection) {
    byProcess.remove(connection.process());
  }

  Optional<Cancellable> find(int process) {
    return Optional.ofNullable(byProcess.get(process));
  }

  int count() {
    return byProcess.size();
  }

  <T extends Cancellable> List<T> all(Class<T> kind) {
    return byProcess.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
