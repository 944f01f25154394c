// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.List;

/** Reads every definition as one transaction sees it, its own changes included. */
public final class CatalogReader {
  private final Transaction transaction;

  private CatalogReader(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * The definitions at the transaction's snapshot.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: written by a newer version
   */
  public static CatalogView read(Transaction transaction) {
    return new CatalogReader(transaction).read();
  }

  private CatalogView read() {
    long version = transaction.schemaVersion();
    List<Table> tables = new ArrayList<>();
    try (IndexCursor cursor = all(SystemTables.TABLES)) {
      RowLayout layout = SystemTables.TABLES_ROW;
      while (cursor.next()) {
        Bytes row = cursor.value();
        tables.add(table(layout.getLong(row, 0), layout.getText(row, 1), layout.getLong(row, 2)));
      }
    }
    return new CatalogSnapshot(version, tables);
  }

  private Table table(long id, String name, long rows) {
    List<TableColumn> columns = new ArrayList<>();
    List<Integer> keyPositions = new ArrayList<>();
    try (IndexCursor cursor = under(SystemTables.COLUMNS, id)) {
      RowLayout layout = SystemTables.COLUMNS_ROW;
      while (cursor.next()) {
        Bytes row = cursor.value();
        columns.add(
            new TableColumn(
                layout.getText(row, 2),
                typeNamed(layout.getText(row, 3)),
                layout.getBoolean(row, 4)));
        keyPositions.add(layout.getInt(row, 5));
      }
    }
    List<Integer> primaryKey = new ArrayList<>();
    for (int position = 1; keyPositions.contains(position); position++) {
      primaryKey.add(keyPositions.indexOf(position));
    }
    TableId tableId = new TableId(id);
    return new Table(tableId, name, columns, primaryKey, new IndexId(rows), indexes(tableId));
  }

  private List<IndexDefinition> indexes(TableId table) {
    List<IndexDefinition> indexes = new ArrayList<>();
    try (IndexCursor cursor = under(SystemTables.INDEXES, table.value())) {
      RowLayout layout = SystemTables.INDEXES_ROW;
      while (cursor.next()) {
        Bytes row = cursor.value();
        long id = layout.getLong(row, 1);
        indexes.add(
            new IndexDefinition(
                new IndexId(id),
                layout.getText(row, 2),
                table,
                parts(id),
                IndexKind.ofCode(layout.getInt(row, 3)),
                layout.getBoolean(row, 4)));
      }
    }
    return indexes;
  }

  private List<IndexDefinition.Part> parts(long index) {
    List<IndexDefinition.Part> parts = new ArrayList<>();
    try (IndexCursor cursor = under(SystemTables.INDEX_COLUMNS, index)) {
      RowLayout layout = SystemTables.INDEX_COLUMNS_ROW;
      while (cursor.next()) {
        Bytes row = cursor.value();
        parts.add(
            new IndexDefinition.Part(
                layout.getInt(row, 2), layout.getBoolean(row, 3), layout.getBoolean(row, 4)));
      }
    }
    return parts;
  }

  private IndexCursor all(IndexId index) {
    return transaction.range(index, KeyRange.ALL, Direction.FORWARD);
  }

  private IndexCursor under(IndexId index, long id) {
    return transaction.range(index, KeyRange.prefix(SystemTables.key(id)), Direction.FORWARD);
  }

  private static SqlType typeNamed(String name) {
    return SqlType.named(name)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the catalog has a column of type \""
                    + name
                    + "\", which this version does not know"));
  }
}
