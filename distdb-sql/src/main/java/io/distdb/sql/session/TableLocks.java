// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.Demand;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.BoundStatement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * LOCK TABLE within a block. Readers go by their snapshot and hold no locks, so that the weak modes
 * keep definitions out and nothing else, and the strong ones writers and definitions, not readers.
 * A read-only transaction needs no weak lock: what it sees stays, whatever becomes of the table.
 */
final class TableLocks {
  private final LocalSession session;

  TableLocks(LocalSession session) {
    this.session = session;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_TABLE}, {@code WRONG_OBJECT_TYPE}; {@code
   *     READ_ONLY_TRANSACTION}: a strong lock in such a one; {@code INSUFFICIENT_PRIVILEGE}
   */
  StatementResult lock(BoundStatement.LockTable lock, RunningStatement running) {
    Transaction transaction = session.block().transaction();
    running.within(transaction);
    transaction.beginStatement();
    session.identity().settle(transaction);
    CatalogView view = session.block().view(session.database().catalog());
    Set<TableId> tables = new LinkedHashSet<>();
    for (TableName name : lock.tables()) {
      require(name, lock.strength(), view);
      collect(name, new NameResolver(view, session.searchPath()), tables);
    }
    boolean strong = lock.strength() == LockStrength.EXCLUSIVE;
    if (strong && transaction.readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION, "cannot execute LOCK TABLE in a read-only transaction");
    }
    if (!transaction.readOnly()) {
      for (TableId table : tables) {
        lock(table, lock, transaction, view);
      }
    }
    return TransactionControl.done("LOCK TABLE");
  }

  private static void lock(
      TableId table, BoundStatement.LockTable lock, Transaction transaction, CatalogView view) {
    if (lock.waits()) {
      transaction.lockTable(table, lock.strength(), Timestamp.LATEST);
    } else if (!transaction.tryLockTable(table, lock.strength())) {
      throw new DistDbException(
          ErrorCode.LOCK_NOT_AVAILABLE,
          "could not obtain lock on relation \"" + view.table(table).orElseThrow().name() + "\"");
    }
  }

  /** To lock beside writers, some privilege on the rows; to keep them out, one to change rows. */
  private void require(TableName name, LockStrength strength, CatalogView view) {
    NameResolver names = new NameResolver(view, session.searchPath());
    int privileges = Privilege.bits(strength == LockStrength.SHARED ? "arwdD" : "wdD");
    names
        .table(name)
        .ifPresent(
            table -> require(Securable.TABLE, table.id().value(), table.name(), privileges, view));
    if (names.table(name).isEmpty()) {
      names
          .view(name)
          .ifPresent(one -> require(Securable.VIEW, one.id(), one.name(), privileges, view));
    }
  }

  private void require(Securable kind, long id, String name, int privileges, CatalogView view) {
    if (!session.identity().isSuperuser()) {
      Demand demand =
          new Demand.OnObject(kind, id, name, privileges, false, Set.of(), Demand.RUNNER);
      view.authority().require(session.identity().runner().current(), List.of(demand));
    }
  }

  private static void collect(TableName name, NameResolver names, Set<TableId> tables) {
    Optional<Table> table = names.table(name);
    Optional<View> view = names.view(name);
    if (table.isPresent()) {
      tables.add(table.get().id());
    } else if (view.isPresent()) {
      collect(view.get(), names.catalog(), tables);
    } else {
      boolean other = names.sequence(name).isPresent() || names.index(name).isPresent();
      throw (other
              ? new DistDbException(
                  ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is not a table or view")
              : new DistDbException(
                  ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist"))
          .at(name.span().position());
    }
  }

  /** The tables that a view reads, through other views too. */
  private static void collect(View view, CatalogView catalog, Set<TableId> tables) {
    for (long used : view.uses()) {
      catalog.table(new TableId(used)).ifPresent(table -> tables.add(table.id()));
      catalog.views().stream()
          .filter(other -> other.id() == used)
          .forEach(other -> collect(other, catalog, tables));
    }
  }
}
