// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that are connected. Thread-safe. */
final class Connections {
  private final Set<Cancellable> all = ConcurrentHashMap.newKeySet();

  /** Those that are in, by the number that they were told. */
  private final ConcurrentHashMap<Integer, Cancellable> byProcess = new ConcurrentHashMap<>();

  void add(Cancellable connection) {
    all.add(connection);
  }

  /** Its statements can be cancelled from now on. */
  void admitted(int process, Cancellable connection) {
    byProcess.put(process, connection);
  }

  void remove(Cancellable connection) {
    all.remove(connection);
  }

  /** Its session is closed. */
  void left(int process, Cancellable connection) {
    byProcess.remove(process, connection);
  }

  Optional<Cancellable> find(int process) {
    return Optional.ofNullable(byProcess.get(process));
  }

  int count() {
    return all.size();
  }

  <T extends Cancellable> List<T> all(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
