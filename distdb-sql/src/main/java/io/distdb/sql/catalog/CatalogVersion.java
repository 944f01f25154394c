// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.List;

/** Makes the system tables of a new store, and brings those of older versions up to date. */
public final class CatalogVersion {
  private static final String FIRST = "1";
  private static final String SECOND = "2";
  private static final String THIRD = "3";

  private final Transaction transaction;

  public CatalogVersion(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Whether the system tables are those of this version. */
  public static boolean isCurrent(Transaction transaction) {
    Bytes row =
        transaction.get(SystemTables.PROPERTIES, SystemTables.key(SystemTables.VERSION_PROPERTY));
    return row != null && SystemTables.PROPERTIES_ROW.getText(row, 1).equals(SystemTables.VERSION);
  }

  /** Creates the system tables in a store that has none. */
  public void bootstrap() {
    lockSystem();
    SystemTables.FIRST.forEach(this::create);
    addSecond();
    SystemTables.THIRD.forEach(this::create);
    SystemTables.FOURTH.forEach(this::create);
    setVersion();
  }

  /**
   * Upgrades the catalog of an older version; leaves one of this version alone.
   *
   * @return whether something was changed
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version wrote the catalog
   */
  public boolean upgrade() {
    Bytes row =
        transaction.get(SystemTables.PROPERTIES, SystemTables.key(SystemTables.VERSION_PROPERTY));
    String version = row == null ? "none" : SystemTables.PROPERTIES_ROW.getText(row, 1);
    if (version.equals(SystemTables.VERSION)) {
      return false;
    }
    if (!List.of(FIRST, SECOND, THIRD).contains(version)) {
      throw new DistDbException(
          ErrorCode.INCOMPATIBLE_FORMAT,
          "the catalog is of version "
              + version
              + ", this binary reads version "
              + SystemTables.VERSION
              + " and older");
    }
    lockSystem();
    if (version.equals(FIRST)) {
      addSecond();
      namePrimaryKeys();
    }
    if (!version.equals(THIRD)) {
      SystemTables.THIRD.forEach(this::create);
    }
    SystemTables.FOURTH.forEach(this::create);
    setVersion();
    return true;
  }

  private void lockSystem() {
    transaction.lockTable(SystemTables.SYSTEM, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  private void create(IndexId index) {
    transaction.createIndex(index, IndexKind.BTREE);
  }

  private void addSecond() {
    SystemTables.SECOND.forEach(this::create);
    transaction.put(
        SystemTables.SCHEMAS,
        SystemTables.key(Schema.PUBLIC_ID),
        SystemRows.row(SystemTables.SCHEMAS_ROW, Schema.PUBLIC_ID, Table.PUBLIC));
  }

  private void setVersion() {
    transaction.put(
        SystemTables.PROPERTIES,
        SystemTables.key(SystemTables.VERSION_PROPERTY),
        SystemRows.row(
            SystemTables.PROPERTIES_ROW, SystemTables.VERSION_PROPERTY, SystemTables.VERSION));
    transaction.changeSchema(SystemTables.SYSTEM);
  }

  /** In version 1 a primary key was no constraint of its own and claimed no name. */
  private void namePrimaryKeys() {
    RowLayout layout = SystemTables.TABLES_ROW;
    List<Bytes> tables = new ArrayList<>();
    try (IndexCursor cursor =
        transaction.range(SystemTables.TABLES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        tables.add(cursor.value());
      }
    }
    for (Bytes table : tables) {
      namePrimaryKey(layout.getLong(table, 0), layout.getText(table, 1));
    }
  }

  private void namePrimaryKey(long table, String tableName) {
    List<Integer> positions = new ArrayList<>();
    KeyRange range = KeyRange.prefix(SystemTables.key(table));
    try (IndexCursor cursor = transaction.range(SystemTables.COLUMNS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        positions.add(SystemTables.COLUMNS_ROW.getInt(cursor.value(), 5));
      }
    }
    List<Integer> key = new ArrayList<>();
    for (int position = 1; positions.contains(position); position++) {
      key.add(positions.indexOf(position));
    }
    if (key.isEmpty()) {
      return;
    }
    String name = freeName(tableName + "_pkey");
    Object[] row = new Object[SystemTables.CONSTRAINTS_ROW.columnCount()];
    row[0] = table;
    row[1] = 0;
    row[2] = name;
    row[3] = TableRows.PRIMARY_KEY;
    row[4] = SystemRows.list(key);
    transaction.put(
        SystemTables.CONSTRAINTS,
        SystemTables.key(table, 0),
        SystemRows.row(SystemTables.CONSTRAINTS_ROW, row));
    transaction.put(
        SystemTables.NAMES,
        SystemTables.nameKey(Schema.PUBLIC_ID, name),
        SystemRows.row(SystemTables.NAMES_ROW, name, "index", table, table, Schema.PUBLIC_ID));
  }

  private String freeName(String base) {
    String name = base;
    for (int i = 1; transaction.get(SystemTables.NAMES, SystemTables.key(name)) != null; i++) {
      name = base + i;
    }
    return name;
  }
}
