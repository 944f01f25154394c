// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.sql.catalog.CatalogWriter;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.execute.Cancellation;
import io.distdb.sql.execute.IndexBuilder;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs CREATE and DROP within a transaction. */
final class DefinitionChanges {
  private final TransactionManager transactions;
  private final Transaction transaction;
  private final CatalogWriter catalog;
  private final Cancellation cancellation;
  private final Set<TableId> createdTables;

  /**
   * @param createdTables tables that the transaction created itself; grows
   */
  DefinitionChanges(
      TransactionManager transactions,
      Transaction transaction,
      Cancellation cancellation,
      Set<TableId> createdTables) {
    this.transactions = transactions;
    this.transaction = transaction;
    this.cancellation = cancellation;
    this.createdTables = createdTables;
    catalog = new CatalogWriter(transaction);
  }

  StatementResult.Command createTable(BoundStatement.CreateTable create) {
    if (create.ifNotExists() && catalog.nameTaken(create.name())) {
      return skipped("CREATE TABLE", create.name());
    }
    IndexId rows = transactions.newIndexId();
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < create.columns().size(); i++) {
      BoundStatement.NewColumn column = create.columns().get(i);
      boolean notNull = column.notNull() || create.primaryKey().contains(i);
      columns.add(new TableColumn(column.name(), column.type(), notNull));
    }
    TableId id = new TableId(rows.value());
    catalog.createTable(
        new Table(id, create.name(), columns, create.primaryKey(), rows, List.of()));
    createdTables.add(id);
    return command("CREATE TABLE");
  }

  StatementResult.Command dropTable(BoundStatement.DropTable drop) {
    drop.tables().forEach(catalog::dropTable);
    return command("DROP TABLE");
  }

  StatementResult.Command dropIndex(BoundStatement.DropIndex drop) {
    drop.indexes().forEach(catalog::dropIndex);
    return command("DROP INDEX");
  }

  /**
   * The table is locked first, then a new snapshot is taken, so that the index misses no row of a
   * writer that the lock waited for.
   */
  StatementResult.Command createIndex(BoundStatement.CreateIndex create) {
    Table table = create.table();
    if (transaction.isolation() == IsolationLevel.REPEATABLE_READ
        && !createdTables.contains(table.id())) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "CREATE INDEX in a REPEATABLE READ transaction that did not create table \""
                  + table.name()
                  + "\" is not supported: its snapshot may miss rows")
          .withHint("create the index outside the transaction, or use READ COMMITTED");
    }
    catalog.lockExclusive(table.id());
    transaction.beginStatement();
    if (create.name().isPresent()
        && create.ifNotExists()
        && catalog.nameTaken(create.name().get())) {
      return skipped("CREATE INDEX", create.name().get());
    }
    String name = create.name().orElseGet(() -> freeName(create));
    IndexDefinition index =
        new IndexDefinition(
            transactions.newIndexId(),
            name,
            table.id(),
            create.parts(),
            create.kind(),
            create.unique());
    catalog.createIndex(index);
    IndexBuilder.build(table, index, transaction, cancellation);
    return command("CREATE INDEX");
  }

  /** {@code table_column_idx}, with a number when it is taken. */
  private String freeName(BoundStatement.CreateIndex create) {
    String base =
        create.table().name()
            + "_"
            + create.parts().stream()
                .map(part -> create.table().columns().get(part.ordinal()).name())
                .collect(Collectors.joining("_"))
            + "_idx";
    String name = base;
    for (int i = 1; catalog.nameTaken(name); i++) {
      name = base + i;
    }
    return name;
  }

  private static StatementResult.Command skipped(String tag, String name) {
    return new StatementResult.Command(
        tag,
        StatementResult.Command.NO_COUNT,
        Optional.of(
            new Notice(
                Notice.Severity.NOTICE,
                ErrorCode.DUPLICATE_TABLE.sqlState(),
                "relation \"" + name + "\" already exists, skipping")));
  }

  private static StatementResult.Command command(String tag) {
    return new StatementResult.Command(tag, StatementResult.Command.NO_COUNT, Optional.empty());
  }
}
