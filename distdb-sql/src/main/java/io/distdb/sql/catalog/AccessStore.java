// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Owners and privileges of the objects of one database, as one transaction sees them. What belongs
 * to the first role and was never granted has no rows.
 */
public final class AccessStore {
  /** What a grant locks, so that no two meet; the objects' users are not in its way. */
  private static final TableId LOCK = new TableId(SystemTables.ACCESS.value());

  /** In place of a column: the object itself. */
  private static final int ITSELF = -1;

  private final Transaction transaction;

  public AccessStore(Transaction transaction) {
    this.transaction = transaction;
  }

  public Map<Long, ObjectAccess> read() {
    return read(KeyRange.ALL);
  }

  private Map<Long, ObjectAccess> read(KeyRange range) {
    Map<Long, ObjectAccess> objects = new HashMap<>();
    try (IndexCursor cursor = transaction.range(SystemTables.ACCESS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        add(cursor.value(), objects);
      }
    }
    return objects;
  }

  /** Rows of an object follow each other, its own first. */
  private static void add(Bytes row, Map<Long, ObjectAccess> objects) {
    RowLayout layout = SystemTables.ACCESS_ROW;
    long object = layout.getLong(row, 0);
    int column = layout.getInt(row, 1);
    Optional<Acl> acl = CatalogReader.text(layout, row, 3).map(Acl::parse);
    if (column == ITSELF) {
      objects.put(object, new ObjectAccess(layout.getLong(row, 2), acl, Map.of()));
    } else {
      ObjectAccess known = objects.get(object);
      Map<Integer, Acl> columns = new TreeMap<>(known.columns());
      columns.put(column, acl.orElse(Acl.NONE));
      objects.put(object, new ObjectAccess(known.owner(), known.acl(), columns));
    }
  }

  /**
   * The object is new, and {@code owner}'s.
   *
   * @param schema that it is in; {@link DefaultPrivileges#EVERYWHERE} for a schema itself
   */
  void created(long object, Securable kind, long schema, long owner) {
    Optional<Acl> acl = new DefaultAccessStore(transaction).read().ofNew(kind, schema, owner);
    if (owner != Role.FIRST || acl.isPresent()) {
      put(object, new ObjectAccess(owner, acl, Map.of()));
    }
  }

  /**
   * Locks what is granted against other grants, and the object against being dropped.
   *
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: it has changed
   */
  public void lock(long object) {
    transaction.lockTable(LOCK, LockStrength.EXCLUSIVE, transaction.schemaVersion());
    transaction.lockTable(new TableId(object), LockStrength.SHARED, transaction.schemaVersion());
  }

  /** Replaces what is known of an object; {@link #lock} came first. */
  public void change(long object, ObjectAccess after) {
    remove(object);
    put(object, after);
    transaction.changeSchema(LOCK);
  }

  /** Takes what was granted on columns of {@code before} to where {@code after} has them. */
  void follow(Table before, Table after) {
    long object = before.id().value();
    ObjectAccess known = read(KeyRange.prefix(SystemTables.key(object))).get(object);
    if (known == null || known.columns().isEmpty()) {
      return;
    }
    ColumnMoves moves = ColumnMoves.between(before, after);
    Map<Integer, Acl> columns = new TreeMap<>();
    known
        .columns()
        .forEach((slot, acl) -> moves.to(slot).ifPresent(moved -> columns.put(moved, acl)));
    if (!columns.equals(known.columns())) {
      remove(object);
      put(object, new ObjectAccess(known.owner(), known.acl(), columns));
    }
  }

  private void put(long object, ObjectAccess access) {
    put(object, ITSELF, access.owner(), access.acl());
    access
        .columns()
        .forEach((column, acl) -> put(object, column, access.owner(), Optional.of(acl)));
  }

  private void put(long object, int column, long owner, Optional<Acl> acl) {
    transaction.put(
        SystemTables.ACCESS,
        SystemTables.key(object, column),
        SystemRows.row(
            SystemTables.ACCESS_ROW, object, column, owner, acl.map(Acl::stored).orElse(null)));
  }

  /** Forgets an object that is dropped. */
  void remove(long object) {
    List<Bytes> keys = new ArrayList<>();
    KeyRange range = KeyRange.prefix(SystemTables.key(object));
    try (IndexCursor cursor = transaction.range(SystemTables.ACCESS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        keys.add(cursor.key());
      }
    }
    keys.forEach(key -> transaction.delete(SystemTables.ACCESS, key));
  }
}
