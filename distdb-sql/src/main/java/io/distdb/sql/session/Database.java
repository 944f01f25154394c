// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.CatalogCache;
import io.distdb.sql.catalog.CatalogVersion;
import io.distdb.sql.execute.RowIds;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** SQL over a transaction manager. Thread-safe; its sessions are not. */
public final class Database implements AutoCloseable {
  private final TransactionManager transactions;
  private final Scheduler scheduler;
  private final Clock clock;
  private final DatabaseOptions options;
  private final PlanCache plans;
  private final CatalogCache catalog = new CatalogCache();
  private final RowIds rowIds;
  private final SequenceBlocks sequences;
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final AtomicLong sessionNumbers = new AtomicLong();
  private volatile boolean closed;

  private Database(
      TransactionManager transactions, Scheduler scheduler, Clock clock, DatabaseOptions options) {
    this.transactions = transactions;
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    plans = new PlanCache(options.cachedPlansMax());
    sequences = new SequenceBlocks(transactions);
    rowIds = new RowIds(() -> transactions.newIndexId().value());
  }

  /**
   * Opens the database whose data {@code transactions} has; an empty store gets the system tables.
   * The database does not own the manager: close the database first, then the manager.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: the catalog was written by a newer version
   */
  public static Database open(
      TransactionManager transactions, Scheduler scheduler, Clock clock, DatabaseOptions options) {
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      CatalogVersion version = new CatalogVersion(transaction);
      if (transaction.schemaVersion() == Timestamp.NONE) {
        version.bootstrap();
      } else {
        version.upgrade();
      }
      transaction.commit();
    }
    return new Database(transactions, scheduler, clock, options);
  }

  /**
   * @throws DistDbException {@code SHUTTING_DOWN}: the database is closed
   */
  public Session newSession() {
    checkOpen();
    Session session = new LocalSession(this);
    sessions.add(session);
    return session;
  }

  long nextSessionNumber() {
    return sessionNumbers.incrementAndGet();
  }

  void checkOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the database is closed");
    }
  }

  void forget(Session session) {
    sessions.remove(session);
  }

  TransactionManager transactions() {
    return transactions;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Clock clock() {
    return clock;
  }

  DatabaseOptions options() {
    return options;
  }

  PlanCache plans() {
    return plans;
  }

  CatalogCache catalog() {
    return catalog;
  }

  SequenceBlocks sequences() {
    return sequences;
  }

  RowIds rowIds() {
    return rowIds;
  }

  /**
   * Ends what the sessions run, and begins nothing new; the transaction manager, closed next, ends
   * what is left. May be called twice.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Session session : sessions) {
      session.cancel();
    }
    sessions.clear();
    sequences.close();
  }
}
