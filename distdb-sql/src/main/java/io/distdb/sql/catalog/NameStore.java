// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of schemas, and of the relations in them, within one transaction. A name that is looked
 * at is locked until the transaction's end, so that two cannot take it.
 */
final class NameStore {
  static final String SEQUENCE_KIND = "sequence";
  static final String VIEW_KIND = "view";
  private static final String TABLE_KIND = "table";
  private static final String INDEX_KIND = "index";

  private final Transaction transaction;

  NameStore(Transaction transaction) {
    this.transaction = transaction;
  }

  // --- schemas ---

  /** Schemas have a name space of their own: a character that no relation's name begins with. */
  private static String schemaName(String name) {
    return "\u0001" + name;
  }

  /**
   * @throws DistDbException {@code DUPLICATE_SCHEMA}
   */
  void claim(Schema schema) {
    Bytes key = key(schema);
    if (held(key)) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_SCHEMA, "schema \"" + schema.name() + "\" already exists");
    }
    transaction.put(
        SystemTables.NAMES,
        key,
        SystemRows.row(
            SystemTables.NAMES_ROW, schema.name(), "schema", schema.id(), schema.id(), null));
  }

  private static Bytes key(Schema schema) {
    return SystemTables.nameKey(Schema.PUBLIC_ID, schemaName(schema.name()));
  }

  void release(Schema schema) {
    transaction.delete(SystemTables.NAMES, key(schema));
  }

  /**
   * The id of the schema of that name as it is now; it stays, until this transaction's end.
   *
   * @throws DistDbException {@code UNDEFINED_SCHEMA}
   */
  long schemaId(String name) {
    if (name.equals(Table.PUBLIC)) {
      return Schema.PUBLIC_ID;
    }
    RowLock lock =
        transaction.lock(
            SystemTables.NAMES,
            SystemTables.nameKey(Schema.PUBLIC_ID, schemaName(name)),
            LockStrength.SHARED,
            WaitPolicy.WAIT);
    if (lock instanceof RowLock.Held held && held.value() != null) {
      return SystemTables.NAMES_ROW.getLong(held.value(), 2);
    }
    throw new DistDbException(ErrorCode.UNDEFINED_SCHEMA, "schema \"" + name + "\" does not exist");
  }

  // --- relations ---

  /** Whether a relation of {@code schema} is called {@code name} now; the name stays locked. */
  boolean taken(String schema, String name) {
    return held(SystemTables.nameKey(schemaId(schema), name));
  }

  private boolean held(Bytes nameKey) {
    RowLock lock =
        transaction.lock(SystemTables.NAMES, nameKey, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null;
  }

  /**
   * Takes a name.
   *
   * @param kind a word for people who look at the table
   * @param table the object itself, or the table that it belongs to
   * @throws DistDbException {@code DUPLICATE_TABLE}; {@code UNDEFINED_SCHEMA}
   */
  void claim(String schema, String name, String kind, long id, long table) {
    long schemaId = schemaId(schema);
    if (held(SystemTables.nameKey(schemaId, name))) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
    }
    transaction.put(
        SystemTables.NAMES,
        SystemTables.nameKey(schemaId, name),
        SystemRows.row(SystemTables.NAMES_ROW, name, kind, id, table, schemaId));
  }

  void release(String schema, String name) {
    transaction.delete(SystemTables.NAMES, SystemTables.nameKey(schemaId(schema), name));
  }

  void move(String schema, String name, String newSchema, String newName, String kind, long id) {
    if (!schema.equals(newSchema) || !name.equals(newName)) {
      claim(newSchema, newName, kind, id, id);
      release(schema, name);
    }
  }

  /** Takes the names of a table and of what comes with it. */
  void claim(Table table) {
    relations(table)
        .forEach((name, kind) ->
            claim(table.schema(), name, kind, table.id().value(), table.id().value()));
  }

  void release(Table table) {
    relations(table).keySet().forEach(name -> release(table.schema(), name));
  }

  /**
   * Gives up the names that only {@code before} has, and takes those that only {@code after} has.
   */
  void change(Table before, Table after) {
    Map<String, String> old = relations(before);
    Map<String, String> fresh = relations(after);
    boolean moved = !before.schema().equals(after.schema());
    for (String name : old.keySet()) {
      if (moved || !fresh.containsKey(name)) {
        release(before.schema(), name);
      }
    }
    fresh.forEach((name, kind) -> {
      if (moved || !old.containsKey(name)) {
        claim(after.schema(), name, kind, after.id().value(), after.id().value());
      }
    });
  }

  /** The relations that come with a table: itself, its primary key, its indexes. */
  private static Map<String, String> relations(Table table) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(table.name(), TABLE_KIND);
    if (!table.hasRowId()) {
      names.put(table.primaryKeyName(), INDEX_KIND);
    }
    table.indexes().forEach(index -> names.put(index.name(), INDEX_KIND));
    return names;
  }
}
