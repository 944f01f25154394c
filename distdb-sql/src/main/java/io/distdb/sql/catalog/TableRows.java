// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.txn.Transaction;

/**
 * A table's definition as rows of the system tables: of the table, its columns, indexes and
 * constraints. {@link CatalogReader} reads them.
 */
final class TableRows {
  static final String PRIMARY_KEY = "p";
  static final String UNIQUE = "u";
  static final String CHECK = "c";
  static final String FOREIGN_KEY = "f";

  private final Transaction transaction;

  TableRows(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Deletes what {@link #put} writes but the row of the table itself. */
  void remove(Table table) {
    long id = table.id().value();
    int slots = table.columns().size() + table.dropped().size();
    for (int slot = 0; slot < slots; slot++) {
      transaction.delete(SystemTables.COLUMNS, SystemTables.key(id, slot));
      int ordinal = table.ordinalOfSlot(slot);
      if (ordinal >= 0 && table.columns().get(ordinal).missing().isPresent()) {
        transaction.delete(SystemTables.MISSING, SystemTables.key(id, slot));
      }
    }
    for (int i = 0; i < table.constraints().size(); i++) {
      transaction.delete(SystemTables.CONSTRAINTS, SystemTables.key(id, i));
    }
    for (IndexDefinition index : table.indexes()) {
      for (int i = 0; i < index.parts().size(); i++) {
        transaction.delete(SystemTables.INDEX_COLUMNS, SystemTables.key(index.id().value(), i));
      }
      transaction.delete(SystemTables.INDEXES, SystemTables.key(id, index.id().value()));
    }
  }

  /** Writes every row of a definition, over those that are there. */
  void put(Table table, long schema) {
    long id = table.id().value();
    transaction.put(
        SystemTables.TABLES,
        SystemTables.key(id),
        SystemRows.row(SystemTables.TABLES_ROW, id, table.name(), table.rows().value(), schema));
    for (int ordinal = 0; ordinal < table.columns().size(); ordinal++) {
      putColumn(table, ordinal);
    }
    for (Table.DroppedColumn gone : table.dropped()) {
      putDropped(id, gone);
    }
    for (int number = 0; number < table.constraints().size(); number++) {
      putConstraint(id, number, table.constraints().get(number));
    }
    table.indexes().forEach(this::putIndex);
  }

  private void putColumn(Table table, int ordinal) {
    long id = table.id().value();
    int slot = table.slotOf(ordinal);
    TableColumn column = table.columns().get(ordinal);
    transaction.put(
        SystemTables.COLUMNS,
        SystemTables.key(id, slot),
        SystemRows.row(
            SystemTables.COLUMNS_ROW,
            id,
            slot,
            column.name(),
            StoredTypes.text(column.type(), column.collation()),
            column.notNull(),
            table.primaryKey().indexOf(ordinal) + 1,
            column.defaultText().orElse(null),
            column.identity().map(Enum::name).orElse(null),
            column.missing().isPresent(),
            false));
    column
        .missing()
        .ifPresent(
            value -> transaction.put(SystemTables.MISSING, SystemTables.key(id, slot), value));
  }

  private void putDropped(long table, Table.DroppedColumn gone) {
    transaction.put(
        SystemTables.COLUMNS,
        SystemTables.key(table, gone.slot()),
        SystemRows.row(
            SystemTables.COLUMNS_ROW,
            table,
            gone.slot(),
            "",
            gone.type().sqlName(),
            false,
            0,
            null,
            null,
            false,
            true));
  }

  private void putIndex(IndexDefinition index) {
    long id = index.id().value();
    transaction.put(
        SystemTables.INDEXES,
        SystemTables.key(index.table().value(), id),
        SystemRows.row(
            SystemTables.INDEXES_ROW,
            index.table().value(),
            id,
            index.name(),
            index.kind().code(),
            index.unique()));
    for (int i = 0; i < index.parts().size(); i++) {
      IndexDefinition.Part part = index.parts().get(i);
      transaction.put(
          SystemTables.INDEX_COLUMNS,
          SystemTables.key(id, i),
          SystemRows.row(
              SystemTables.INDEX_COLUMNS_ROW,
              id,
              i,
              part.ordinal(),
              part.descending(),
              part.nullsFirst()));
    }
  }

  private void putConstraint(long table, int number, Constraint constraint) {
    String columns = SystemRows.list(constraint.columns());
    Object[] row =
        switch (constraint) {
          case Constraint.PrimaryKey key -> cells(table, number, key.name(), PRIMARY_KEY, columns);
          case Constraint.Unique unique -> {
            Object[] cells = cells(table, number, unique.name(), UNIQUE, columns);
            cells[5] = unique.index().value();
            yield cells;
          }
          case Constraint.Check check -> {
            Object[] cells = cells(table, number, check.name(), CHECK, columns);
            cells[6] = check.text();
            yield cells;
          }
          case Constraint.ForeignKey key -> {
            Object[] cells = cells(table, number, key.name(), FOREIGN_KEY, columns);
            cells[7] = key.referenced().value();
            cells[8] = SystemRows.list(key.referencedColumns());
            cells[9] = key.matchFull();
            cells[10] = key.onDelete().name();
            cells[11] = key.onUpdate().name();
            cells[12] = key.deferrable();
            cells[13] = key.initiallyDeferred();
            cells[14] = key.validated();
            yield cells;
          }
        };
    transaction.put(
        SystemTables.CONSTRAINTS,
        SystemTables.key(table, number),
        SystemRows.row(SystemTables.CONSTRAINTS_ROW, row));
  }

  /** A row with nothing but what every constraint has. */
  private static Object[] cells(long table, int number, String name, String kind, String columns) {
    Object[] cells = new Object[SystemTables.CONSTRAINTS_ROW.columnCount()];
    cells[0] = table;
    cells[1] = number;
    cells[2] = name;
    cells[3] = kind;
    cells[4] = columns;
    return cells;
  }
}
