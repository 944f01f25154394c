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
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The databases of a store, by name, as one transaction sees them. All of them share it. */
public final class DatabaseList {
  /** The database that is always there; it holds this list. */
  public static final String MAIN = "postgres";

  /** (name): name, number. */
  private static final IndexId DATABASES = new IndexId(CatalogSpace.SHARED_IDS);

  private static final RowLayout ROW = new RowLayout(List.of(SqlType.TEXT, SqlType.BIGINT));

  /** In the main database's PROPERTIES, once the list is there. */
  private static final String PROPERTY = "databases";

  private final Transaction transaction;

  public DatabaseList(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Makes the list in a store that has none.
   *
   * @return whether it was made
   */
  public boolean bootstrap() {
    Bytes property = SystemTables.key(PROPERTY);
    if (transaction.get(SystemTables.PROPERTIES, property) != null) {
      return false;
    }
    lockSystem(transaction);
    transaction.createIndex(DATABASES, IndexKind.BTREE);
    put(MAIN, CatalogSpace.MAIN);
    transaction.put(
        SystemTables.PROPERTIES,
        property,
        SystemRows.row(SystemTables.PROPERTIES_ROW, PROPERTY, "1"));
    return true;
  }

  private static void lockSystem(Transaction transaction) {
    transaction.lockTable(SystemTables.SYSTEM, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  private void put(String name, CatalogSpace space) {
    transaction.put(DATABASES, SystemTables.key(name), SystemRows.row(ROW, name, space.number()));
  }

  /** In the order of their names. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try (IndexCursor cursor = transaction.range(DATABASES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        names.add(ROW.getText(cursor.value(), 0));
      }
    }
    return names;
  }

  /** The numbers of their spaces, in the order of their names. */
  public Map<String, Long> numbers() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    try (IndexCursor cursor = transaction.range(DATABASES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        numbers.put(ROW.getText(cursor.value(), 0), ROW.getLong(cursor.value(), 1));
      }
    }
    return numbers;
  }

  public Optional<CatalogSpace> find(String name) {
    return Optional.ofNullable(transaction.get(DATABASES, SystemTables.key(name)))
        .map(DatabaseList::space);
  }

  private static CatalogSpace space(Bytes row) {
    return new CatalogSpace(ROW.getLong(row, 1));
  }

  /** As {@link #find}, newest; the name stays locked until the transaction's end. */
  private Optional<CatalogSpace> lock(String name) {
    RowLock lock =
        transaction.lock(
            DATABASES, SystemTables.key(name), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null
        ? Optional.of(space(held.value()))
        : Optional.empty();
  }

  /**
   * Makes a database without tables.
   *
   * @throws DistDbException {@code DUPLICATE_DATABASE}
   */
  public void create(String name, CatalogSpace space) {
    if (lock(name).isPresent()) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
    }
    put(name, space);
    new CatalogVersion(space.over(transaction)).bootstrap();
  }

  /**
   * Drops a database that no session uses, with all that is in it.
   *
   * @return false: there is none of that name
   */
  public boolean drop(String name) {
    Optional<CatalogSpace> space = lock(name);
    if (space.isEmpty()) {
      return false;
    }
    transaction.delete(DATABASES, SystemTables.key(name));
    Transaction inside = space.get().over(transaction);
    lockSystem(inside);
    for (Table table : CatalogReader.read(inside).tables()) {
      inside.lockTable(table.id(), LockStrength.EXCLUSIVE, inside.schemaVersion());
      table.indexes().forEach(index -> inside.dropIndex(index.id()));
      inside.dropIndex(table.rows());
      inside.changeSchema(table.id());
    }
    SystemTables.FIRST.forEach(inside::dropIndex);
    SystemTables.SECOND.forEach(inside::dropIndex);
    SystemTables.THIRD.forEach(inside::dropIndex);
    inside.changeSchema(SystemTables.SYSTEM);
    return true;
  }
}
