// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.RowWriter;
import java.util.List;

/**
 * Changes definitions within one transaction: the rows of the system tables, the indexes in
 * storage, and the schema version that goes with them. Every method locks the table EXCLUSIVE
 * first, which waits for its writers. The caller fills a new index.
 */
public final class CatalogWriter {
  private static final String TABLE_KIND = "table";
  private static final String INDEX_KIND = "index";

  private final Transaction transaction;

  public CatalogWriter(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Creates the system tables in a store that has none. */
  public void bootstrap() {
    transaction.lockTable(SystemTables.SYSTEM, LockStrength.EXCLUSIVE, transaction.schemaVersion());
    for (IndexId index : SystemTables.ALL) {
      transaction.createIndex(index, IndexKind.BTREE);
    }
    RowWriter row = new RowWriter(SystemTables.PROPERTIES_ROW);
    row.setText(0, SystemTables.VERSION_PROPERTY);
    row.setText(1, SystemTables.VERSION);
    transaction.put(
        SystemTables.PROPERTIES, SystemTables.key(SystemTables.VERSION_PROPERTY), row.finish());
    transaction.changeSchema(SystemTables.SYSTEM);
  }

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version wrote the catalog
   */
  public void checkVersion() {
    Bytes row =
        transaction.get(SystemTables.PROPERTIES, SystemTables.key(SystemTables.VERSION_PROPERTY));
    String version = row == null ? "none" : SystemTables.PROPERTIES_ROW.getText(row, 1);
    if (!version.equals(SystemTables.VERSION)) {
      throw new DistDbException(
          ErrorCode.INCOMPATIBLE_FORMAT,
          "the catalog is of version "
              + version
              + ", this binary reads version "
              + SystemTables.VERSION);
    }
  }

  /**
   * Creates an empty table; its own {@code indexes} are left aside.
   *
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createTable(Table table) {
    claimName(table.name(), TABLE_KIND, table.id().value(), table.id());
    lockExclusive(table.id());
    transaction.createIndex(table.rows(), IndexKind.BTREE);
    RowWriter row = new RowWriter(SystemTables.TABLES_ROW);
    row.setLong(0, table.id().value());
    row.setText(1, table.name());
    row.setLong(2, table.rows().value());
    transaction.put(SystemTables.TABLES, SystemTables.key(table.id().value()), row.finish());
    for (int i = 0; i < table.columns().size(); i++) {
      putColumn(table, i);
    }
    transaction.changeSchema(table.id());
  }

  private void putColumn(Table table, int ordinal) {
    TableColumn column = table.columns().get(ordinal);
    RowWriter row = new RowWriter(SystemTables.COLUMNS_ROW);
    row.setLong(0, table.id().value());
    row.setLong(1, ordinal);
    row.setText(2, column.name());
    row.setText(3, column.type().sqlName());
    row.setLong(4, column.notNull() ? 1 : 0);
    row.setLong(5, table.primaryKey().indexOf(ordinal) + 1L);
    transaction.put(
        SystemTables.COLUMNS, SystemTables.key(table.id().value(), ordinal), row.finish());
  }

  /** Drops {@code table} with its indexes. */
  public void dropTable(Table table) {
    lockExclusive(table.id());
    for (IndexDefinition index : table.indexes()) {
      removeIndex(index);
    }
    for (int i = 0; i < table.columns().size(); i++) {
      transaction.delete(SystemTables.COLUMNS, SystemTables.key(table.id().value(), i));
    }
    transaction.delete(SystemTables.TABLES, SystemTables.key(table.id().value()));
    transaction.delete(SystemTables.NAMES, SystemTables.key(table.name()));
    transaction.dropIndex(table.rows());
    transaction.changeSchema(table.id());
  }

  /** Locks the table of an index that is about to be created, against its writers. */
  public void lockExclusive(TableId table) {
    transaction.lockTable(table, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  /**
   * Defines and creates an empty index.
   *
   * @throws DistDbException {@code DUPLICATE_TABLE}: the name is taken
   */
  public void createIndex(IndexDefinition index) {
    lockExclusive(index.table());
    claimName(index.name(), INDEX_KIND, index.id().value(), index.table());
    transaction.createIndex(index.id(), index.kind());
    RowWriter row = new RowWriter(SystemTables.INDEXES_ROW);
    row.setLong(0, index.table().value());
    row.setLong(1, index.id().value());
    row.setText(2, index.name());
    row.setLong(3, index.kind().code());
    row.setLong(4, index.unique() ? 1 : 0);
    transaction.put(
        SystemTables.INDEXES,
        SystemTables.key(index.table().value(), index.id().value()),
        row.finish());
    RowWriter part = new RowWriter(SystemTables.INDEX_COLUMNS_ROW);
    List<IndexDefinition.Part> parts = index.parts();
    for (int i = 0; i < parts.size(); i++) {
      part.setLong(0, index.id().value());
      part.setLong(1, i);
      part.setLong(2, parts.get(i).ordinal());
      part.setLong(3, parts.get(i).descending() ? 1 : 0);
      part.setLong(4, parts.get(i).nullsFirst() ? 1 : 0);
      transaction.put(
          SystemTables.INDEX_COLUMNS, SystemTables.key(index.id().value(), i), part.finish());
    }
    transaction.changeSchema(index.table());
  }

  public void dropIndex(IndexDefinition index) {
    lockExclusive(index.table());
    removeIndex(index);
    transaction.changeSchema(index.table());
  }

  private void removeIndex(IndexDefinition index) {
    for (int i = 0; i < index.parts().size(); i++) {
      transaction.delete(SystemTables.INDEX_COLUMNS, SystemTables.key(index.id().value(), i));
    }
    transaction.delete(
        SystemTables.INDEXES, SystemTables.key(index.table().value(), index.id().value()));
    transaction.delete(SystemTables.NAMES, SystemTables.key(index.name()));
    transaction.dropIndex(index.id());
  }

  /** Whether a table or index is called {@code name} now; the name stays locked. */
  public boolean nameTaken(String name) {
    RowLock lock =
        transaction.lock(
            SystemTables.NAMES, SystemTables.key(name), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null;
  }

  private void claimName(String name, String kind, long id, TableId table) {
    if (nameTaken(name)) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
    }
    RowWriter row = new RowWriter(SystemTables.NAMES_ROW);
    row.setText(0, name);
    row.setText(1, kind);
    row.setLong(2, id);
    row.setLong(3, table.value());
    transaction.put(SystemTables.NAMES, SystemTables.key(name), row.finish());
  }
}
