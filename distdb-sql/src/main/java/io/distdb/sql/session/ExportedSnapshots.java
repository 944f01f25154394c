// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The snapshots that open transactions of any database have exported, by name. Thread-safe. */
final class ExportedSnapshots {
  /**
   * One of them.
   *
   * @param reader reads at it, so that its versions are kept
   * @param isolation of the transaction that exported it
   */
  record Exported(Database database, Transaction reader, IsolationLevel isolation) {}

  private final ConcurrentHashMap<String, Exported> byName = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /** A number for a transaction that exports, for its names. */
  int newNumber() {
    return numbers.incrementAndGet();
  }

  /** As PostgreSQL's: two numbers of eight hexadecimal digits, and one. */
  static String name(int processId, int transaction, int snapshot) {
    return String.format(Locale.ROOT, "%08X-%08X-%d", processId, transaction, snapshot);
  }

  void add(String name, Exported exported) {
    byName.put(name, exported);
  }

  Optional<Exported> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  void remove(String name) {
    byName.remove(name).reader().rollback();
  }
}
