// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes definitions within one transaction: the rows of the system tables, the indexes in
 * storage, the names, and the schema version that goes with them. Every method locks the object
 * EXCLUSIVE first, which waits for a table's writers. The caller fills new indexes.
 */
public final class CatalogWriter {
  /** Between the schemas of a search path; in no name. */
  static final String PATH_SEPARATOR = "\n";

  private final Transaction transaction;
  private final long creator;
  private int changes;

  /** Of the first role. */
  public CatalogWriter(Transaction transaction) {
    this(transaction, Role.FIRST);
  }

  /**
   * @param creator whose what is created will be
   */
  public CatalogWriter(Transaction transaction, long creator) {
    this.transaction = transaction;
    this.creator = creator;
  }

  /** Locks a table, or another object by its id, against its users. */
  public void lockExclusive(TableId table) {
    transaction.lockTable(table, LockStrength.EXCLUSIVE, transaction.schemaVersion());
  }

  private void changed(long object) {
    changes++;
    transaction.changeSchema(new TableId(object));
  }

  private AccessStore access() {
    return new AccessStore(transaction);
  }

  private void created(long object, Securable kind, String schema) {
    access().created(object, kind, names().schemaId(schema), creator);
  }

  /** Replaces what new objects begin with. */
  public void changeDefaults(DefaultPrivileges.Key key, Acl after) {
    new DefaultAccessStore(transaction).change(key, after);
    changes++;
  }

  private NameStore names() {
    return new NameStore(transaction);
  }

  private CommentStore comments() {
    return new CommentStore(transaction);
  }

  private TableRows rows() {
    return new TableRows(transaction);
  }

  private void putTable(Table table) {
    rows().put(table, names().schemaId(table.schema()));
  }

  /** Whether a relation of {@code schema} is called {@code name} now; the name stays locked. */
  public boolean nameTaken(String schema, String name) {
    return names().taken(schema, name);
  }

  /**
   * Replaces owner and privileges of a table, view, sequence or schema.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: it has changed
   */
  public void changeAccess(long object, ObjectAccess after) {
    access().lock(object);
    access().change(object, after);
    changes++;
  }

  /** How often something was changed: views read before the last change are old. */
  public int changes() {
    return changes;
  }

  private void lock(long object) {
    lockExclusive(new TableId(object));
  }

  // --- schemas ---

  /**
   * @throws DistDbException {@code DUPLICATE_SCHEMA}
   */
  public void createSchema(Schema schema) {
    createSchema(schema, creator);
  }

  /** As above, for another owner. */
  public void createSchema(Schema schema, long owner) {
    putSchema(schema);
    access().created(schema.id(), Securable.SCHEMA, DefaultPrivileges.EVERYWHERE, owner);
  }

  private void putSchema(Schema schema) {
    lock(schema.id());
    names().claim(schema);
    transaction.put(
        SystemTables.SCHEMAS,
        SystemTables.key(schema.id()),
        SystemRows.row(SystemTables.SCHEMAS_ROW, schema.id(), schema.name()));
    changed(schema.id());
  }

  /** Renames a schema and, with it, everything in it. */
  public void renameSchema(Schema schema, String newName) {
    lock(schema.id());
    names().release(schema);
    putSchema(new Schema(schema.id(), newName));
  }

  public void dropSchema(Schema schema) {
    lock(schema.id());
    names().release(schema);
    transaction.delete(SystemTables.SCHEMAS, SystemTables.key(schema.id()));
    comments().drop(schema.id());
    access().remove(schema.id());
    new DefaultAccessStore(transaction).removeSchema(schema.id());
    changed(schema.id());
  }

  // --- tables ---

  /**
   * Creates a table and its indexes, all empty.
   *
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createTable(Table table) {
    names().claim(table);
    lockExclusive(table.id());
    transaction.createIndex(table.rows(), IndexKind.BTREE);
    table.indexes().forEach(index -> transaction.createIndex(index.id(), index.kind()));
    putTable(table);
    created(table.id().value(), Securable.TABLE, table.schema());
    changed(table.id().value());
  }

  /**
   * Replaces a definition. Indexes that {@code after} has and {@code before} has not are created,
   * empty; those that it has no more are dropped, the rows among them.
   *
   * @param made indexes of {@code after} that the caller has created already
   * @throws DistDbException {@code DUPLICATE_TABLE}: a new name is taken
   */
  public void changeTable(Table before, Table after, List<IndexId> made) {
    lockExclusive(before.id());
    names().change(before, after);
    rows().remove(before);
    putTable(after);
    List<IndexId> kept = new ArrayList<>(made);
    kept.add(before.rows());
    before.indexes().forEach(index -> kept.add(index.id()));
    if (!kept.contains(after.rows())) {
      transaction.createIndex(after.rows(), IndexKind.BTREE);
    }
    for (IndexDefinition index : after.indexes()) {
      if (!kept.contains(index.id())) {
        transaction.createIndex(index.id(), index.kind());
      }
    }
    dropUnused(before, after);
    new StatisticsStore(transaction).follow(before, after);
    comments().follow(before, after);
    access().follow(before, after);
    changed(before.id().value());
  }

  private void dropUnused(Table before, Table after) {
    List<IndexId> left = new ArrayList<>(List.of(after.rows()));
    after.indexes().forEach(index -> left.add(index.id()));
    if (!left.contains(before.rows())) {
      transaction.dropIndex(before.rows());
    }
    for (IndexDefinition index : before.indexes()) {
      if (!left.contains(index.id())) {
        transaction.dropIndex(index.id());
      }
    }
  }

  /** Drops {@code table} with its indexes. */
  public void dropTable(Table table) {
    lockExclusive(table.id());
    names().release(table);
    rows().remove(table);
    transaction.delete(SystemTables.TABLES, SystemTables.key(table.id().value()));
    comments().drop(table.id().value());
    access().remove(table.id().value());
    new StatisticsStore(transaction).drop(table);
    for (IndexDefinition index : table.indexes()) {
      transaction.dropIndex(index.id());
      comments().drop(index.id().value());
    }
    transaction.dropIndex(table.rows());
    changed(table.id().value());
  }

  // --- sequences ---

  /**
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createSequence(Sequence sequence) {
    names()
        .claim(
            sequence.schema(),
            sequence.name(),
            NameStore.SEQUENCE_KIND,
            sequence.id(),
            sequence.id());
    lock(sequence.id());
    putSequence(sequence);
    created(sequence.id(), Securable.SEQUENCE, sequence.schema());
  }

  /**
   * Replaces a definition. The row of a state that is used no more stays: to delete it would lock
   * it against sessions that take a number until this transaction ends.
   */
  public void changeSequence(Sequence before, Sequence after) {
    lock(before.id());
    names()
        .move(
            before.schema(),
            before.name(),
            after.schema(),
            after.name(),
            NameStore.SEQUENCE_KIND,
            before.id());
    putSequence(after);
  }

  private void putSequence(Sequence sequence) {
    Long ownerTable = sequence.owner().map(owner -> owner.table().value()).orElse(null);
    Integer ownerSlot = sequence.owner().map(Sequence.Owner::slot).orElse(null);
    Boolean internal = sequence.owner().map(Sequence.Owner::internal).orElse(null);
    transaction.put(
        SystemTables.SEQUENCES,
        SystemTables.key(sequence.id()),
        SystemRows.row(
            SystemTables.SEQUENCES_ROW,
            sequence.id(),
            names().schemaId(sequence.schema()),
            sequence.name(),
            sequence.type().sqlName(),
            sequence.start(),
            sequence.increment(),
            sequence.minimum(),
            sequence.maximum(),
            sequence.cache(),
            sequence.cycles(),
            ownerTable,
            ownerSlot,
            internal,
            sequence.state(),
            sequence.first()));
    changed(sequence.id());
  }

  public void dropSequence(Sequence sequence) {
    lock(sequence.id());
    names().release(sequence.schema(), sequence.name());
    transaction.delete(SystemTables.SEQUENCES, SystemTables.key(sequence.id()));
    transaction.delete(SystemTables.SEQUENCE_STATE, SystemTables.key(sequence.state()));
    comments().drop(sequence.id());
    access().remove(sequence.id());
    changed(sequence.id());
  }

  // --- views ---

  /**
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createView(View view) {
    names().claim(view.schema(), view.name(), NameStore.VIEW_KIND, view.id(), view.id());
    lock(view.id());
    putView(view);
    created(view.id(), Securable.VIEW, view.schema());
  }

  public void changeView(View before, View after) {
    lock(before.id());
    names()
        .move(
            before.schema(),
            before.name(),
            after.schema(),
            after.name(),
            NameStore.VIEW_KIND,
            before.id());
    removeViewColumns(before);
    putView(after);
  }

  private void removeViewColumns(View view) {
    for (int i = 0; i < view.columns().size(); i++) {
      transaction.delete(SystemTables.VIEW_COLUMNS, SystemTables.key(view.id(), i));
    }
  }

  private void putView(View view) {
    transaction.put(
        SystemTables.VIEWS,
        SystemTables.key(view.id()),
        SystemRows.row(
            SystemTables.VIEWS_ROW,
            view.id(),
            names().schemaId(view.schema()),
            view.name(),
            view.text(),
            String.join(PATH_SEPARATOR, view.searchPath()),
            SystemRows.list(view.uses())));
    for (int i = 0; i < view.columns().size(); i++) {
      View.Column column = view.columns().get(i);
      transaction.put(
          SystemTables.VIEW_COLUMNS,
          SystemTables.key(view.id(), i),
          SystemRows.row(
              SystemTables.VIEW_COLUMNS_ROW, view.id(), i, column.name(), column.type().sqlName()));
    }
    changed(view.id());
  }

  public void dropView(View view) {
    lock(view.id());
    names().release(view.schema(), view.name());
    removeViewColumns(view);
    transaction.delete(SystemTables.VIEWS, SystemTables.key(view.id()));
    comments().drop(view.id());
    access().remove(view.id());
    changed(view.id());
  }

  // --- comments ---

  /** Sets a comment, or takes it away when {@code text} is null. */
  public void comment(long object, String member, String text) {
    lock(object);
    comments().put(object, member, text);
    changed(object);
  }
}
