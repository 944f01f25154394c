// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Runner;
import io.distdb.sql.access.Securable;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.catalog.CatalogReader;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.CatalogWriter;
import io.distdb.sql.catalog.DatabaseList;
import io.distdb.sql.catalog.RoleStore;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.execute.Cancellation;
import java.util.List;
import java.util.Set;

/**
 * What every definition works with: the transaction, the catalog in it, and the way back into the
 * pipeline for the statements that a definition runs itself.
 */
public final class Definer {
  private final TransactionManager transactions;
  private final Transaction transaction;
  private final Cancellation cancellation;
  private final Set<TableId> createdTables;
  private final List<String> searchPath;
  private final Runner runner;
  private final StatementExecutor executor;
  private final CatalogWriter catalog;

  /** The definitions after so many changes; null when they may be others now. */
  private CatalogView known;

  private int knownChanges;

  /**
   * @param createdTables tables that the transaction created itself; grows
   * @param view the definitions as the statement began
   * @param runner whose rights count, and whose what is created will be
   */
  public Definer(
      TransactionManager transactions,
      Transaction transaction,
      Cancellation cancellation,
      Set<TableId> createdTables,
      List<String> searchPath,
      CatalogView view,
      Runner runner,
      StatementExecutor executor) {
    known = view;
    this.transactions = transactions;
    this.transaction = transaction;
    this.cancellation = cancellation;
    this.createdTables = createdTables;
    this.searchPath = List.copyOf(searchPath);
    this.runner = runner;
    this.executor = executor;
    catalog = new CatalogWriter(transaction, runner.current());
  }

  Transaction transaction() {
    return transaction;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  CatalogWriter catalog() {
    return catalog;
  }

  StatementExecutor executor() {
    return executor;
  }

  List<String> searchPath() {
    return searchPath;
  }

  Runner runner() {
    return runner;
  }

  /** What the runner may do, as of now. */
  Permissions permissions() {
    return new Permissions(view(), runner.current());
  }

  RoleStore roles() {
    return new RoleStore(transaction);
  }

  /** Roles are others now. */
  void changedRoles() {
    known = null;
  }

  /** The databases of the store. */
  DatabaseList databases() {
    return new DatabaseList(transaction);
  }

  /**
   * Owner and privileges of a database.
   *
   * @throws DistDbException {@code UNDEFINED_DATABASE}
   */
  ObjectAccess databaseAccess(String name) {
    return databases()
        .entry(name)
        .map(DatabaseList.Entry::access)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist"));
  }

  /** Replaces owner and privileges of an object. */
  void changeAccess(GrantObject object, ObjectAccess after) {
    if (object.kind() == Securable.DATABASE) {
      databases().changeAccess(object.name(), after);
      known = null;
    } else {
      catalog.changeAccess(object.id(), after);
    }
  }

  /** The definitions as they are now, changes of this statement included. */
  CatalogView view() {
    if (known == null || catalog.changes() != knownChanges) {
      known = CatalogReader.read(transaction);
      knownChanges = catalog.changes();
    }
    return known;
  }

  NameResolver names() {
    return new NameResolver(view(), searchPath);
  }

  IndexId newIndexId() {
    return transactions.newIndexId();
  }

  long newId() {
    return transactions.newIndexId().value();
  }

  void created(TableId table) {
    createdTables.add(table);
  }

  /** Makes the schema of the session's temporary tables when it is that and not there yet. */
  void requireTemporary(String schema) {
    if (Schema.isTemporary(schema) && view().schema(schema).isEmpty()) {
      catalog.createSchema(new Schema(newId(), schema));
    }
  }

  /** The table's definition as it is now. */
  Table current(Table table) {
    return view().table(table.id()).orElseThrow();
  }

  /**
   * Locks a table against its writers, then takes a new snapshot, so that no row is missed of a
   * writer that the lock waited for.
   *
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: the snapshot is that of a REPEATABLE
   *     READ transaction, which cannot be taken anew
   */
  void lockForRows(Table table, String command) {
    if (transaction.isolation() == IsolationLevel.REPEATABLE_READ
        && !createdTables.contains(table.id())) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              command
                  + " in a REPEATABLE READ transaction that did not create table \""
                  + table.name()
                  + "\" is not supported: its snapshot may miss rows")
          .withHint("do it outside the transaction, or use READ COMMITTED");
    }
    catalog.lockExclusive(table.id());
    transaction.beginStatement();
    known = null;
  }

  /** Says that {@code table} is used in another way from now on: its plans are stale. */
  void touch(Table table) {
    catalog.lockExclusive(table.id());
    transaction.changeSchema(table.id());
  }
}
