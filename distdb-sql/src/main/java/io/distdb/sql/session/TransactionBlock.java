// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.CatalogCache;
import io.distdb.sql.catalog.CatalogReader;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.execute.DeferredChecks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What lies between BEGIN, or what stands for it, and its end: the transaction, begun by the first
 * statement that needs it, its savepoints, the definitions that it changed itself, the results that
 * are still open.
 */
final class TransactionBlock {
  private record NamedSavepoint(String name, Savepoint savepoint, SessionSettings.Mark settings) {}

  private final TransactionManager transactions;
  private final SessionSettings settings;
  private final SessionSettings.Mark settingsBefore;
  private final List<NamedSavepoint> savepoints = new ArrayList<>();
  private final Set<TableId> lockedTables = new HashSet<>();
  private final Set<TableId> createdTables = new HashSet<>();
  private final List<CursorRows> cursors = new ArrayList<>();
  private final Map<CachedStatement, PreparedPlan> ownPlans = new IdentityHashMap<>();
  private BlockKind kind;
  private TransactionOptions options;
  private Transaction transaction;
  private DeferredChecks deferred;
  private boolean failed;
  private long startMicros;
  private boolean schemaChanged;
  private CatalogView ownView;

  TransactionBlock(
      TransactionManager transactions,
      TransactionOptions options,
      SessionSettings settings,
      BlockKind kind) {
    this.kind = kind;
    this.transactions = transactions;
    this.options = options;
    this.settings = settings;
    settingsBefore = settings.mark();
  }

  /** When it began, in microseconds since 1970-01-01 UTC. */
  long startMicros() {
    return startMicros;
  }

  void startedAt(long micros) {
    startMicros = micros;
  }

  BlockKind kind() {
    return kind;
  }

  /** BEGIN was said within. */
  void makeExplicit() {
    kind = BlockKind.EXPLICIT;
  }

  TransactionOptions options() {
    return options;
  }

  /**
   * @throws DistDbException {@code ACTIVE_TRANSACTION}: a statement has run already
   */
  void setOptions(TransactionOptions changed) {
    if (transaction != null && !changed.equals(options)) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION,
          "SET TRANSACTION must be called before any query of the transaction");
    }
    options = changed;
  }

  /** Names the commit, as late as before it. */
  void token(Optional<CommitToken> token) {
    options = options.withToken(token);
    if (transaction != null) {
      transaction.token(token.orElse(null));
    }
  }

  /**
   * @throws DistDbException {@code ACTIVE_TRANSACTION}: a statement has run already
   */
  void checkUnused(String command) {
    if (transaction != null) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION, command + " must be called before any query");
    }
  }

  /**
   * An implicit block is begun by {@code statement}: one that changes or locks something reads what
   * is newest, as outside of a block.
   */
  void beginFor(CachedStatement statement) {
    if (options.readMode() != ReadMode.LINEARIZABLE
        && kind != BlockKind.EXPLICIT
        && transaction == null
        && !statement.onlyReads()) {
      options = options.withReadOnly(settings.values().readOnly());
      options = options.withReadMode(ReadMode.LINEARIZABLE);
    }
  }

  /** Reads at another transaction's snapshot; no statement has run yet. */
  void readAt(long snapshot) {
    transaction = transactions.beginAt(snapshot, options);
  }

  Transaction transaction() {
    if (transaction == null) {
      transaction = transactions.begin(options);
    }
    return transaction;
  }

  /** Whether a statement has needed the transaction. */
  boolean hasBegun() {
    return transaction != null;
  }

  boolean failed() {
    return failed;
  }

  void fail() {
    failed = true;
  }

  /** What clients call it: an implicit one is none to them. */
  TransactionStatus status() {
    if (kind != BlockKind.EXPLICIT) {
      return TransactionStatus.IDLE;
    }
    return failed ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
  }

  /**
   * @throws DistDbException {@code IN_FAILED_TRANSACTION}: only its end may follow
   */
  void checkNotFailed() {
    if (failed) {
      throw new DistDbException(
              ErrorCode.IN_FAILED_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block")
          .withHint("ROLLBACK, or ROLLBACK TO a savepoint");
    }
  }

  /** To go back to when it does not commit. */
  SessionSettings.Mark settingsBefore() {
    return settingsBefore;
  }

  // --- definitions ---

  /** This transaction changed definitions: plans and views from outside are of no use to it. */
  boolean schemaChanged() {
    return schemaChanged;
  }

  void changedSchema() {
    schemaChanged = true;
    ownView = null;
    ownPlans.clear();
  }

  CatalogView ownView() {
    if (ownView == null) {
      ownView = CatalogReader.read(transaction());
    }
    return ownView;
  }

  /** The definitions that it sees. */
  CatalogView view(CatalogCache catalog) {
    return schemaChanged ? ownView() : catalog.view(transaction());
  }

  Map<CachedStatement, PreparedPlan> ownPlans() {
    return ownPlans;
  }

  Set<TableId> createdTables() {
    return createdTables;
  }

  /** Tables that are locked, so that no plan for them can go stale. */
  Set<TableId> lockedTables() {
    return lockedTables;
  }

  /** Constraints that are checked at its end. */
  DeferredChecks deferred() {
    if (deferred == null) {
      deferred = new DeferredChecks();
    }
    return deferred;
  }

  boolean hasPendingChecks() {
    return deferred != null && deferred.isPending();
  }

  // --- open results ---

  void opened(CursorRows rows) {
    cursors.add(rows);
  }

  void closed(CursorRows rows) {
    cursors.remove(rows);
  }

  // --- savepoints and end ---

  void savepoint(String name) {
    savepoints.add(new NamedSavepoint(name, transaction().savepoint(), settings.mark()));
  }

  int savepointCount() {
    return savepoints.size();
  }

  /** Results that are being read stay as they are, whatever the next statement does. */
  void settle(Consumer<CursorRows> settling) {
    if (!cursors.isEmpty()) {
      List.copyOf(cursors).reversed().forEach(settling); // a FETCH before the cursor that it reads
    }
  }

  /**
   * @return how many savepoints were there before that of {@code name}
   */
  int depth(String name) {
    return find(name);
  }

  void rollbackTo(String name) {
    int at = find(name);
    transaction().rollbackTo(savepoints.get(at).savepoint());
    settings.backTo(savepoints.get(at).settings());
    savepoints.subList(at + 1, savepoints.size()).clear();
    failed = false;
    if (schemaChanged) {
      changedSchema();
    }
  }

  void release(String name) {
    savepoints.subList(find(name), savepoints.size()).clear();
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new DistDbException(
        ErrorCode.INVALID_SAVEPOINT, "savepoint \"" + name + "\" does not exist");
  }

  /**
   * @param names of commits that have none of their client's; null: they have none
   */
  void commit(CommitNames names) {
    closeCursors();
    if (transaction != null) {
      SynchronousCommit least = settings.values().synchronousCommit();
      if (least != options.synchronousCommit()) {
        transaction.synchronousCommit(least);
      }
      StatementFault.commit(transaction, options.token().isEmpty() ? names : null);
    }
  }

  void rollback() {
    closeCursors();
    if (transaction != null) {
      transaction.rollback();
    }
  }

  private void closeCursors() {
    for (CursorRows rows : List.copyOf(cursors)) {
      rows.close();
    }
    cursors.clear();
  }
}
