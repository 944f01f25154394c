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
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
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

  /** (name): name, number, owner, privileges. Without the last two: the first role's. */
  private static final IndexId DATABASES = new IndexId(CatalogSpace.SHARED_IDS);

  private static final RowLayout ROW =
      new RowLayout(List.of(SqlType.TEXT, SqlType.BIGINT, SqlType.BIGINT, SqlType.TEXT));

  /** What a change of owner or privileges locks. */
  private static final TableId LOCK = new TableId(CatalogSpace.SHARED_IDS);

  /** In the main database's PROPERTIES, once the list is there. */
  private static final String PROPERTY = "databases";

  /**
   * @param access owner and privileges of the database itself
   */
  public record Entry(String name, CatalogSpace space, ObjectAccess access) {}

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
    put(new Entry(MAIN, CatalogSpace.MAIN, ObjectAccess.FIRST));
    transaction.put(
        SystemTables.PROPERTIES,
        property,
        SystemRows.row(SystemTables.PROPERTIES_ROW, PROPERTY, "1"));
    return true;
  }

  private static void lockSystem(Transaction transaction) {
    transaction.lockTable(SystemTables.SYSTEM, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  private void put(Entry entry) {
    transaction.put(
        DATABASES,
        SystemTables.key(entry.name()),
        SystemRows.row(
            ROW,
            entry.name(),
            entry.space().number(),
            entry.access().owner(),
            entry.access().acl().map(Acl::stored).orElse(null)));
  }

  /** In the order of their names. */
  public List<String> names() {
    return entries().stream().map(Entry::name).toList();
  }

  /** In the order of their names. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (IndexCursor cursor = transaction.range(DATABASES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        entries.add(entry(cursor.value()));
      }
    }
    return entries;
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
    return entry(name).map(Entry::space);
  }

  public Optional<Entry> entry(String name) {
    return Optional.ofNullable(transaction.get(DATABASES, SystemTables.key(name)))
        .map(DatabaseList::entry);
  }

  private static Entry entry(Bytes row) {
    long owner = ROW.isNull(row, 2) ? Role.FIRST : ROW.getLong(row, 2);
    Optional<Acl> acl = CatalogReader.text(ROW, row, 3).map(Acl::parse);
    return new Entry(
        ROW.getText(row, 0),
        new CatalogSpace(ROW.getLong(row, 1)),
        new ObjectAccess(owner, acl, Map.of()));
  }

  /** Owner and privileges of the database that {@code transaction} is in. */
  static ObjectAccess access(Transaction transaction) {
    CatalogSpace space = CatalogSpace.of(transaction);
    return new DatabaseList(transaction)
        .entries().stream()
            .filter(entry -> entry.space().equals(space))
            .map(Entry::access)
            .findFirst()
            .orElse(ObjectAccess.FIRST);
  }

  /** Replaces owner and privileges of a database. */
  public void changeAccess(String name, ObjectAccess after) {
    transaction.lockTable(LOCK, LockStrength.EXCLUSIVE, transaction.schemaVersion());
    Entry entry =
        lock(name)
            .orElseThrow(() ->
                new DistDbException(
                    ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist"));
    put(new Entry(name, entry.space(), after));
    transaction.changeSchema(LOCK);
  }

  /** As {@link #find}, newest; the name stays locked until the transaction's end. */
  private Optional<Entry> lock(String name) {
    RowLock lock =
        transaction.lock(
            DATABASES, SystemTables.key(name), LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null
        ? Optional.of(entry(held.value()))
        : Optional.empty();
  }

  /**
   * Makes a database without tables.
   *
   * @param owner a role
   * @throws DistDbException {@code DUPLICATE_DATABASE}
   */
  public void create(String name, CatalogSpace space, long owner) {
    if (lock(name).isPresent()) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
    }
    put(new Entry(name, space, new ObjectAccess(owner, Optional.empty(), Map.of())));
    new CatalogVersion(space.over(transaction)).bootstrap();
  }

  /**
   * Drops a database that no session uses, with all that is in it.
   *
   * @return false: there is none of that name
   */
  public boolean drop(String name) {
    Optional<Entry> entry = lock(name);
    if (entry.isEmpty()) {
      return false;
    }
    transaction.delete(DATABASES, SystemTables.key(name));
    Transaction inside = entry.get().space().over(transaction);
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
    SystemTables.FOURTH.forEach(inside::dropIndex);
    inside.changeSchema(SystemTables.SYSTEM);
    return true;
  }
}
