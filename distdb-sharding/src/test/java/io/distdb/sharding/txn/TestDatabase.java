// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.testkit.txn.AdjustableClock;
import io.distdb.testkit.txn.TransactionHome;
import java.util.Optional;

/** The in-memory engine under transactions, over a log in memory. */
final class TestDatabase implements TransactionHome {
  static final TransactionLimits LIMITS = TransactionLimits.forBudget(256 << 20);

  final Clock clock;
  final Scheduler scheduler = Scheduler.threads();
  final MemoryConsensus consensus = new MemoryConsensus();
  private final TransactionLimits limits;
  private MemoryStorageEngine engine;
  private ShardTransactionManager manager;

  TestDatabase() {
    this(new AdjustableClock(), LIMITS);
  }

  TestDatabase(Clock clock, TransactionLimits limits) {
    this.clock = clock;
    this.limits = limits;
    start();
  }

  private void start() {
    engine =
        MemoryStorageEngine.open(
            Optional.empty(),
            new MemoryOptions(256 << 20),
            scheduler,
            clock,
            Journal.Progress.SILENT);
    manager =
        ShardTransactionManager.open(
            engine.store(ShardId.SYSTEM), consensus, scheduler, clock, limits);
    consensus.start(Journal.Progress.SILENT);
  }

  /** Stops, forgets everything but the log, and starts again. */
  @Override
  public void restart() {
    manager.close();
    engine.close();
    start();
  }

  @Override
  public ShardTransactionManager manager() {
    return manager;
  }

  Store store() {
    return engine.store(ShardId.SYSTEM);
  }

  Transaction begin(IsolationLevel level) {
    return manager.begin(TransactionOptions.DEFAULT.withIsolation(level));
  }

  Transaction begin() {
    return begin(IsolationLevel.READ_COMMITTED);
  }

  IndexId createIndex(IndexKind kind) {
    IndexId id = manager.newIndexId();
    try (Transaction transaction = begin()) {
      transaction.createIndex(id, kind);
      transaction.commit();
    }
    return id;
  }

  void write(IndexId index, String key, String value) {
    try (Transaction transaction = begin()) {
      transaction.put(index, Bytes.utf8(key), Bytes.utf8(value));
      transaction.commit();
    }
  }

  String read(IndexId index, String key) {
    try (Transaction transaction = begin()) {
      Bytes value = transaction.get(index, Bytes.utf8(key));
      return value == null ? null : value.toUtf8();
    }
  }

  @Override
  public void close() {
    manager.close();
    engine.close();
  }
}
