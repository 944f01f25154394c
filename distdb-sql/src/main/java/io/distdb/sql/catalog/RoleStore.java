// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Membership;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.codec.RowLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The roles of a store, as one transaction sees them: the same for all its databases. A change
 * locks them all, so that two changes never meet.
 *
 * <pre>
 * ROLES          (id)            id, name, superuser, inherit, create_role, create_database, login,
 *                                replication, bypasses_row_security, connection_limit, valid_until,
 *                                verifier
 * MEMBERSHIPS    (role, member)  role, member, grantor, admin
 * ROLE_SETTINGS  (role, name)    role, name, value
 * </pre>
 */
public final class RoleStore {
  private static final IndexId ROLES = new IndexId(CatalogSpace.SHARED_IDS + 1);
  private static final IndexId MEMBERSHIPS = new IndexId(CatalogSpace.SHARED_IDS + 2);
  private static final IndexId SETTINGS = new IndexId(CatalogSpace.SHARED_IDS + 3);

  /** What a change locks. */
  private static final TableId LOCK = new TableId(CatalogSpace.SHARED_IDS + 1);

  private static final RowLayout ROLES_ROW =
      new RowLayout(
          List.of(
              SqlType.BIGINT,
              SqlType.TEXT,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.BOOLEAN,
              SqlType.INTEGER,
              SqlType.BIGINT,
              SqlType.TEXT));
  private static final RowLayout MEMBERSHIPS_ROW =
      new RowLayout(List.of(SqlType.BIGINT, SqlType.BIGINT, SqlType.BIGINT, SqlType.BOOLEAN));
  private static final RowLayout SETTINGS_ROW =
      new RowLayout(List.of(SqlType.BIGINT, SqlType.TEXT, SqlType.TEXT));

  /** In the main database's PROPERTIES, once the roles are there. */
  private static final String PROPERTY = "roles";

  private final Transaction transaction;

  public RoleStore(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Makes the first role in a store that has none.
   *
   * @return whether it was made
   */
  public boolean bootstrap() {
    Bytes property = SystemTables.key(PROPERTY);
    if (transaction.get(SystemTables.PROPERTIES, property) != null) {
      return false;
    }
    lock();
    transaction.createIndex(ROLES, IndexKind.BTREE);
    transaction.createIndex(MEMBERSHIPS, IndexKind.BTREE);
    transaction.createIndex(SETTINGS, IndexKind.BTREE);
    put(Role.first());
    transaction.put(
        SystemTables.PROPERTIES,
        property,
        SystemRows.row(SystemTables.PROPERTIES_ROW, PROPERTY, "1"));
    return true;
  }

  /** Keeps others from changing roles until the transaction's end. */
  public void lock() {
    transaction.lockTable(LOCK, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  private void changed() {
    transaction.changeSchema(LOCK);
  }

  // --- reading ---

  public Roles read() {
    Map<Long, Map<String, String>> settings = settings();
    List<Role> roles = new ArrayList<>();
    forEach(ROLES, KeyRange.ALL, row -> roles.add(role(row, settings)));
    List<Membership> memberships = new ArrayList<>();
    forEach(
        MEMBERSHIPS,
        KeyRange.ALL,
        row ->
            memberships.add(
                new Membership(
                    MEMBERSHIPS_ROW.getLong(row, 0),
                    MEMBERSHIPS_ROW.getLong(row, 1),
                    MEMBERSHIPS_ROW.getLong(row, 2),
                    MEMBERSHIPS_ROW.getBoolean(row, 3))));
    return new Roles(roles, memberships);
  }

  private Map<Long, Map<String, String>> settings() {
    Map<Long, Map<String, String>> settings = new HashMap<>();
    forEach(
        SETTINGS,
        KeyRange.ALL,
        row ->
            settings
                .computeIfAbsent(SETTINGS_ROW.getLong(row, 0), role -> new TreeMap<>())
                .put(SETTINGS_ROW.getText(row, 1), SETTINGS_ROW.getText(row, 2)));
    return settings;
  }

  private static Role role(Bytes row, Map<Long, Map<String, String>> settings) {
    RowLayout layout = ROLES_ROW;
    long id = layout.getLong(row, 0);
    return new Role(
        id,
        layout.getText(row, 1),
        layout.getBoolean(row, 2),
        layout.getBoolean(row, 3),
        layout.getBoolean(row, 4),
        layout.getBoolean(row, 5),
        layout.getBoolean(row, 6),
        layout.getBoolean(row, 7),
        layout.getBoolean(row, 8),
        layout.getInt(row, 9),
        layout.isNull(row, 10) ? Optional.empty() : Optional.of(layout.getLong(row, 10)),
        CatalogReader.text(layout, row, 11),
        settings.getOrDefault(id, Map.of()));
  }

  private void forEach(IndexId index, KeyRange range, Consumer<Bytes> rows) {
    try (IndexCursor cursor = transaction.range(index, range, Direction.FORWARD)) {
      while (cursor.next()) {
        rows.accept(cursor.value());
      }
    }
  }

  // --- changing ---

  /** Creates a role, or gives it other attributes; its settings stay. */
  public void put(Role role) {
    transaction.put(
        ROLES,
        SystemTables.key(role.id()),
        SystemRows.row(
            ROLES_ROW,
            role.id(),
            role.name(),
            role.superuser(),
            role.inherit(),
            role.createRole(),
            role.createDatabase(),
            role.login(),
            role.replication(),
            role.bypassesRowSecurity(),
            role.connectionLimit(),
            role.validUntilMicros().orElse(null),
            role.verifier().orElse(null)));
    changed();
  }

  /**
   * @param value null: none any more
   */
  public void putSetting(long role, String name, String value) {
    if (value == null) {
      transaction.delete(SETTINGS, SystemTables.key(role, name));
    } else {
      transaction.put(
          SETTINGS, SystemTables.key(role, name), SystemRows.row(SETTINGS_ROW, role, name, value));
    }
    changed();
  }

  public void put(Membership membership) {
    transaction.put(
        MEMBERSHIPS,
        SystemTables.key(membership.role(), membership.member()),
        SystemRows.row(
            MEMBERSHIPS_ROW,
            membership.role(),
            membership.member(),
            membership.grantor(),
            membership.admin()));
    changed();
  }

  public void remove(Membership membership) {
    transaction.delete(MEMBERSHIPS, SystemTables.key(membership.role(), membership.member()));
    changed();
  }

  /** Removes a role with its settings and memberships. */
  public void remove(Role role, Roles roles) {
    role.settings().keySet().forEach(name -> putSetting(role.id(), name, null));
    for (Membership membership : roles.memberships()) {
      if (membership.role() == role.id() || membership.member() == role.id()) {
        remove(membership);
      }
    }
    transaction.delete(ROLES, SystemTables.key(role.id()));
    changed();
  }
}
