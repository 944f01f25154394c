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
import io.distdb.sql.access.DefaultPrivileges.Key;
import io.distdb.sql.access.Securable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Default privileges of one database, as one transaction sees them: each a row of PROPERTIES whose
 * name is {@code default_acl:role:schema:kind} and whose value is {@link Acl#stored}.
 */
public final class DefaultAccessStore {
  private static final String PREFIX = "default_acl:";

  /** What changes of privileges lock; as {@link AccessStore}'s. */
  private static final TableId LOCK = new TableId(SystemTables.ACCESS.value());

  private final Transaction transaction;

  public DefaultAccessStore(Transaction transaction) {
    this.transaction = transaction;
  }

  public DefaultPrivileges read() {
    Map<Key, Acl> entries = new TreeMap<>();
    try (IndexCursor cursor =
        transaction.range(SystemTables.PROPERTIES, KeyRange.ALL, Direction.FORWARD)) {
      while (cursor.next()) {
        Bytes row = cursor.value();
        String name = SystemTables.PROPERTIES_ROW.getText(row, 0);
        if (name.startsWith(PREFIX)) {
          entries.put(key(name), Acl.parse(SystemTables.PROPERTIES_ROW.getText(row, 1)));
        }
      }
    }
    return entries.isEmpty() ? DefaultPrivileges.NONE : new DefaultPrivileges(entries);
  }

  private static Key key(String name) {
    String[] parts = name.substring(PREFIX.length()).split(":");
    return new Key(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Securable.valueOf(parts[2]));
  }

  private static String name(Key key) {
    return PREFIX + key.role() + ":" + key.schema() + ":" + key.kind();
  }

  /**
   * Replaces what is said for {@code key}; what says nothing is not kept.
   *
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: others changed
   *     privileges
   */
  void change(Key key, Acl after) {
    transaction.lockTable(LOCK, LockStrength.EXCLUSIVE, transaction.schemaVersion());
    if (DefaultPrivileges.saysNothing(key, after)) {
      transaction.delete(SystemTables.PROPERTIES, SystemTables.key(name(key)));
    } else {
      transaction.put(
          SystemTables.PROPERTIES,
          SystemTables.key(name(key)),
          SystemRows.row(SystemTables.PROPERTIES_ROW, name(key), after.stored()));
    }
    transaction.changeSchema(LOCK);
  }

  /** Forgets what is said of a schema that is dropped. */
  void removeSchema(long schema) {
    for (Key key : read().entries().keySet()) {
      if (key.schema() == schema) {
        change(key, Acl.NONE);
      }
    }
  }
}
