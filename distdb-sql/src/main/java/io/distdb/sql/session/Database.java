// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.access.Role;
import io.distdb.sql.activity.DatabaseRow;
import io.distdb.sql.activity.StatementStatistics;
import io.distdb.sql.catalog.CatalogCache;
import io.distdb.sql.catalog.CatalogSpace;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.execute.RowIds;
import io.distdb.sql.setting.SettingValues;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SQL over a transaction manager: one of a store's databases. Thread-safe; sessions are not. */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final long CLOSE_NANOS_MAX = 10_000_000_000L;
  private static final long CLOSE_LOOK_NANOS = 1_000_000;
  private static final long LEAVE_LOOK_NANOS = 10_000_000;
  private static final int LEAVE_LOOKS_MAX = 500;

  private final Databases databases;

  /** {@link #retire} until somebody says otherwise. */
  static final long FOR_EVER = Long.MAX_VALUE;

  private final String name;
  private final CatalogSpace space;
  private final TransactionManager transactions;
  private final Scheduler scheduler;
  private final Clock clock;
  private final DatabaseOptions options;
  private final SpillSpace spill;
  private final PlanCache plans;
  private final CatalogCache catalog;
  private final RowIds rowIds;
  private final StatementStatistics statistics = new StatementStatistics();
  private final SequenceBlocks sequences;
  private final NotificationHub notifications = new NotificationHub();
  private final AdvisoryLocks advisory;
  private final AdvisoryAccess advisoryAccess;
  private final AtomicLong sessionNumbers = new AtomicLong();

  /** Guarded by itself, as {@link #retiredUntilNanos} is. */
  private final List<LocalSession> sessions = new ArrayList<>();

  /** As {@link #sessions}. */
  private final DatabaseActivity activity;

  /** Absent: it is in use. */
  private Long retiredUntilNanos;

  private volatile boolean closed;

  /**
   * @param space where its system tables are
   * @param transactions whose system tables are this database's
   */
  Database(
      Databases databases,
      String name,
      CatalogSpace space,
      TransactionManager transactions,
      Scheduler scheduler,
      Clock clock,
      DatabaseOptions options,
      SpillSpace spill) {
    this.databases = databases;
    this.name = name;
    this.space = space;
    this.transactions = transactions;
    catalog = new CatalogCache(transactions);
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    this.spill = spill;
    advisory = new AdvisoryLocks(databases.waits(), clock);
    advisoryAccess = databases.advisory().orElse(new LocalAdvisory(advisory));
    activity = new DatabaseActivity(clock);
    plans = new PlanCache(options.cachedPlansMax());
    boolean inCluster = !databases.neighbours().isAlone();
    sequences = new SequenceBlocks(transactions, scheduler, space.number(), inCluster);
    rowIds = new RowIds(() -> transactions.newIndexId().value());
  }

  /**
   * The main database of those whose data {@code transactions} has, as {@link Databases#open}.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: the catalog was written by a newer version
   */
  public static Database open(
      TransactionManager transactions, Scheduler scheduler, Clock clock, DatabaseOptions options) {
    return Databases.open(transactions, scheduler, clock, options).main();
  }

  public String name() {
    return name;
  }

  /** This one and its siblings. */
  public Databases databases() {
    return databases;
  }

  /**
   * A session of the store's first role, which may do everything.
   *
   * @throws DistDbException {@code SHUTTING_DOWN}: the database is closed; {@code
   *     UNDEFINED_DATABASE}: it is dropped
   */
  public ServerSession newSession() {
    return newSession(Role.first());
  }

  /**
   * As {@link #newSession()}, with the rights of a role; whoever calls has asked whether it may
   * come in, see {@link Entrance}.
   */
  ServerSession newSession(Role login) {
    synchronized (sessions) {
      checkOpen();
      checkNotRetired();
      LocalSession session = new LocalSession(this, login);
      sessions.add(session);
      databases.sessions().add(session);
      return session;
    }
  }

  /** The tables and other objects that a statement beginning now would see. */
  public CatalogView definitions() {
    return definitions(TransactionOptions.DEFAULT.withReadOnly(true));
  }

  /** As {@link #definitions()}, seen by a transaction that only reads. */
  CatalogView definitions(TransactionOptions reading) {
    checkOpen();
    try (Transaction transaction = transactions.begin(reading)) {
      return catalog.view(transaction);
    }
  }

  /**
   * Drops the temporary tables of sessions that this node had before, or an embedded database. In a
   * cluster nothing depends on it: then it may be left to the next start.
   */
  void dropTemporary() {
    try {
      dropTemporaryOf(databases.neighbours().number());
    } catch (DistDbException refused) {
      if (databases.neighbours().isAlone()) {
        throw refused;
      }
      LOG.warn("temporary tables stay until this node starts again: {}", refused.getMessage());
    }
  }

  private void dropTemporaryOf(int node) {
    List<String> left =
        definitions().schemas().stream()
            .map(Schema::name)
            .filter(Schema::isTemporary)
            .filter(schema -> TemporaryObjects.isLeftBy(node, schema))
            .toList();
    if (left.isEmpty()) {
      return;
    }
    try (Session session = newSession()) {
      left.forEach(
          schema -> session.execute("DROP SCHEMA " + Texts.identifier(schema) + " CASCADE"));
    }
  }

  /** The number that it has among the store's databases; {@link Databases#MAIN} has 0. */
  long number() {
    return space.number();
  }

  private void checkNotRetired() {
    if (retiredUntilNanos != null
        && (retiredUntilNanos == FOR_EVER || clock.nanoTime() - retiredUntilNanos < 0)) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist");
    }
  }

  /**
   * Waits a moment for its sessions to end: one whose client has gone may not have noticed yet.
   * Source: PostgreSQL, which gives them five seconds.
   */
  void awaitNobody() {
    Waiter waiter = scheduler.newWaiter();
    for (int looks = 0; looks < LEAVE_LOOKS_MAX && hasSessions(); looks++) {
      waiter.await(LEAVE_LOOK_NANOS);
    }
  }

  private boolean hasSessions() {
    synchronized (sessions) {
      return !sessions.isEmpty();
    }
  }

  /**
   * Lets no session in any more.
   *
   * @param nanos how long
   * @throws DistDbException {@code DATABASE_IN_USE}: there are sessions
   */
  void retire(long nanos) {
    synchronized (sessions) {
      if (!sessions.isEmpty()) {
        throw new DistDbException(
                ErrorCode.DATABASE_IN_USE,
                "database \"" + name + "\" is being accessed by other users")
            .withDetail(
                sessions.size() == 1
                    ? "There is 1 other session using the database."
                    : "There are " + sessions.size() + " other sessions using the database.");
      }
      checkNotRetired();
      retiredUntilNanos = nanos == FOR_EVER ? FOR_EVER : (Long) (clock.nanoTime() + nanos);
    }
  }

  /** How many sessions of a role there are. */
  long sessionsOf(long role) {
    synchronized (sessions) {
      return sessions.stream().filter(session -> session.identity().login().id() == role).count();
    }
  }

  /** What its sessions have done. */
  DatabaseRow activity() {
    synchronized (sessions) {
      return activity.row(name, sessions);
    }
  }

  /** Undoes {@link #retire}. */
  void unretire() {
    synchronized (sessions) {
      retiredUntilNanos = null;
    }
  }

  /** The settings of a new session. */
  SettingValues initialSettings() {
    return databases.initialSettings();
  }

  /** Unlike that of any other session of this database, on whichever node. */
  long nextSessionNumber() {
    return TemporaryObjects.number(
        databases.neighbours().number(), sessionNumbers.incrementAndGet());
  }

  void checkOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the database is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** What a statement ends with that was cancelled by the closing. */
  static DistDbException closing(DistDbException cancelled) {
    return new DistDbException(
        ErrorCode.SHUTTING_DOWN, "terminating connection due to administrator command", cancelled);
  }

  void forget(LocalSession session) {
    databases.sessions().remove(session);
    synchronized (sessions) {
      sessions.remove(session);
      activity.ended(session);
    }
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

  SpillSpace spill() {
    return spill;
  }

  PlanCache plans() {
    return plans;
  }

  CatalogCache catalog() {
    return catalog;
  }

  NotificationHub notifications() {
    return notifications;
  }

  /** Where its sessions' advisory locks are kept. */
  AdvisoryAccess advisoryAccess() {
    return advisoryAccess;
  }

  /** Those that this node keeps. */
  AdvisoryLocks advisory() {
    return advisory;
  }

  SequenceBlocks sequences() {
    return sequences;
  }

  /** What its statements took. */
  StatementStatistics statistics() {
    return statistics;
  }

  RowIds rowIds() {
    return rowIds;
  }

  /**
   * Begins nothing new, cancels what the sessions run, and waits until it is over: so that nothing
   * below is read while it closes. What does not end within ten seconds, such as a COPY whose
   * source does not answer, is left behind. Rows that nobody reads on are not waited for; reading
   * on fails. May be called twice.
   */
  @Override
  public void close() {
    List<LocalSession> running;
    synchronized (sessions) {
      if (closed) {
        return;
      }
      closed = true;
      running = List.copyOf(sessions);
      sessions.clear();
    }
    awaitEnd(running);
    sequences.close();
  }

  /**
   * Cancels and looks again, a millisecond apart: a statement that had seen the database open may
   * show itself after the first look. Costs the sessions nothing.
   */
  private void awaitEnd(List<LocalSession> running) {
    long deadline = clock.nanoTime() + CLOSE_NANOS_MAX;
    Waiter pause = scheduler.newWaiter();
    for (int look = 0; ; look++) {
      running.forEach(LocalSession::cancel);
      boolean busy = running.stream().anyMatch(open -> open.runner().current().isUnderWay());
      if (look > 0 && !busy) {
        return;
      }
      if (clock.nanoTime() - deadline >= 0) {
        LOG.warn("a statement in database {} did not end: closing without it", name);
        return;
      }
      if (!running.isEmpty()) {
        pause.awaitUninterruptibly(CLOSE_LOOK_NANOS);
      }
    }
  }
}
