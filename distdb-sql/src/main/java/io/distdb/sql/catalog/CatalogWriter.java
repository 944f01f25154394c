// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

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
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes definitions within one transaction: the rows of the system tables, the indexes in
 * storage, the names, and the schema version that goes with them. Every method locks the object
 * EXCLUSIVE first, which waits for a table's writers. The caller fills new indexes.
 */
public final class CatalogWriter {
  static final String PRIMARY_KEY = "p";
  static final String UNIQUE = "u";
  static final String CHECK = "c";
  static final String FOREIGN_KEY = "f";

  /** Between the schemas of a search path; in no name. */
  static final String PATH_SEPARATOR = "\n";

  private static final String TABLE_KIND = "table";
  private static final String INDEX_KIND = "index";
  private static final String SEQUENCE_KIND = "sequence";
  private static final String VIEW_KIND = "view";

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
    claim(schema);
    access().created(schema.id(), owner);
  }

  private void claim(Schema schema) {
    lock(schema.id());
    if (held(SystemTables.nameKey(Schema.PUBLIC_ID, schemaName(schema.name())))) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_SCHEMA, "schema \"" + schema.name() + "\" already exists");
    }
    putSchema(schema);
  }

  /** Schemas have a name space of their own: a character that no relation's name begins with. */
  private static String schemaName(String name) {
    return "\u0001" + name;
  }

  private void putSchema(Schema schema) {
    transaction.put(
        SystemTables.NAMES,
        SystemTables.nameKey(Schema.PUBLIC_ID, schemaName(schema.name())),
        SystemRows.row(
            SystemTables.NAMES_ROW, schema.name(), "schema", schema.id(), schema.id(), null));
    transaction.put(
        SystemTables.SCHEMAS,
        SystemTables.key(schema.id()),
        SystemRows.row(SystemTables.SCHEMAS_ROW, schema.id(), schema.name()));
    changed(schema.id());
  }

  /** Renames a schema and, with it, everything in it. */
  public void renameSchema(Schema schema, String newName) {
    lock(schema.id());
    deleteSchemaName(schema);
    claim(new Schema(schema.id(), newName));
  }

  private void deleteSchemaName(Schema schema) {
    transaction.delete(
        SystemTables.NAMES, SystemTables.nameKey(Schema.PUBLIC_ID, schemaName(schema.name())));
  }

  public void dropSchema(Schema schema) {
    lock(schema.id());
    deleteSchemaName(schema);
    transaction.delete(SystemTables.SCHEMAS, SystemTables.key(schema.id()));
    dropComments(schema.id());
    access().remove(schema.id());
    changed(schema.id());
  }

  /**
   * The id of the schema of that name as it is now; it stays, until this transaction's end.
   *
   * @throws DistDbException {@code UNDEFINED_SCHEMA}
   */
  private long schemaId(String name) {
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

  // --- names ---

  /** Whether a relation of {@code schema} is called {@code name} now; the name stays locked. */
  public boolean nameTaken(String schema, String name) {
    return held(SystemTables.nameKey(schemaId(schema), name));
  }

  private boolean held(io.distdb.api.Bytes nameKey) {
    RowLock lock =
        transaction.lock(SystemTables.NAMES, nameKey, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null;
  }

  private void claimName(String schema, String name, String kind, long id, long table) {
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

  private void releaseName(String schema, String name) {
    transaction.delete(SystemTables.NAMES, SystemTables.nameKey(schemaId(schema), name));
  }

  /** The relations that come with a table: itself, its primary key, its indexes. */
  private static Map<String, String> names(Table table) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(table.name(), TABLE_KIND);
    if (!table.hasRowId()) {
      names.put(table.primaryKeyName(), INDEX_KIND);
    }
    table.indexes().forEach(index -> names.put(index.name(), INDEX_KIND));
    return names;
  }

  // --- tables ---

  /**
   * Creates a table and its indexes, all empty.
   *
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createTable(Table table) {
    names(table)
        .forEach((name, kind) ->
            claimName(table.schema(), name, kind, table.id().value(), table.id().value()));
    lockExclusive(table.id());
    transaction.createIndex(table.rows(), IndexKind.BTREE);
    table.indexes().forEach(index -> transaction.createIndex(index.id(), index.kind()));
    putTable(table);
    access().created(table.id().value(), creator);
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
    changeNames(before, after);
    removeRows(before);
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
        dropComments(index.id().value());
      }
    }
  }

  private void changeNames(Table before, Table after) {
    Map<String, String> old = names(before);
    Map<String, String> fresh = names(after);
    boolean moved = !before.schema().equals(after.schema());
    for (String name : old.keySet()) {
      if (moved || !fresh.containsKey(name)) {
        releaseName(before.schema(), name);
      }
    }
    fresh.forEach((name, kind) -> {
      if (moved || !old.containsKey(name)) {
        claimName(after.schema(), name, kind, after.id().value(), after.id().value());
      }
    });
  }

  /** Drops {@code table} with its indexes. */
  public void dropTable(Table table) {
    lockExclusive(table.id());
    names(table).keySet().forEach(name -> releaseName(table.schema(), name));
    removeRows(table);
    transaction.delete(SystemTables.TABLES, SystemTables.key(table.id().value()));
    dropComments(table.id().value());
    access().remove(table.id().value());
    new StatisticsStore(transaction).drop(table);
    for (IndexDefinition index : table.indexes()) {
      transaction.dropIndex(index.id());
      dropComments(index.id().value());
    }
    transaction.dropIndex(table.rows());
    changed(table.id().value());
  }

  /** Deletes what {@link #putTable} writes but the row of the table itself. */
  private void removeRows(Table table) {
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

  private void putTable(Table table) {
    long id = table.id().value();
    transaction.put(
        SystemTables.TABLES,
        SystemTables.key(id),
        SystemRows.row(
            SystemTables.TABLES_ROW,
            id,
            table.name(),
            table.rows().value(),
            schemaId(table.schema())));
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
            column.type().sqlName(),
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

  // --- sequences ---

  /**
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createSequence(Sequence sequence) {
    claimName(sequence.schema(), sequence.name(), SEQUENCE_KIND, sequence.id(), sequence.id());
    lock(sequence.id());
    putSequence(sequence);
    access().created(sequence.id(), creator);
  }

  /**
   * Replaces a definition. The row of a state that is used no more stays: to delete it would lock
   * it against sessions that take a number until this transaction ends.
   */
  public void changeSequence(Sequence before, Sequence after) {
    lock(before.id());
    move(before.schema(), before.name(), after.schema(), after.name(), SEQUENCE_KIND, before.id());
    putSequence(after);
  }

  private void move(
      String schema, String name, String newSchema, String newName, String kind, long id) {
    if (!schema.equals(newSchema) || !name.equals(newName)) {
      claimName(newSchema, newName, kind, id, id);
      releaseName(schema, name);
    }
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
            schemaId(sequence.schema()),
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
    releaseName(sequence.schema(), sequence.name());
    transaction.delete(SystemTables.SEQUENCES, SystemTables.key(sequence.id()));
    transaction.delete(SystemTables.SEQUENCE_STATE, SystemTables.key(sequence.state()));
    dropComments(sequence.id());
    access().remove(sequence.id());
    changed(sequence.id());
  }

  // --- views ---

  /**
   * @throws DistDbException {@code DUPLICATE_TABLE}
   */
  public void createView(View view) {
    claimName(view.schema(), view.name(), VIEW_KIND, view.id(), view.id());
    lock(view.id());
    putView(view);
    access().created(view.id(), creator);
  }

  public void changeView(View before, View after) {
    lock(before.id());
    move(before.schema(), before.name(), after.schema(), after.name(), VIEW_KIND, before.id());
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
            schemaId(view.schema()),
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
    releaseName(view.schema(), view.name());
    removeViewColumns(view);
    transaction.delete(SystemTables.VIEWS, SystemTables.key(view.id()));
    dropComments(view.id());
    access().remove(view.id());
    changed(view.id());
  }

  // --- comments ---

  /** Sets a comment, or takes it away when {@code text} is null. */
  public void comment(long object, String member, String text) {
    lock(object);
    putComment(object, member, text);
    changed(object);
  }

  private void putComment(long object, String member, String text) {
    if (text == null) {
      transaction.delete(SystemTables.COMMENTS, SystemTables.key(object, member));
    } else {
      transaction.put(
          SystemTables.COMMENTS,
          SystemTables.key(object, member),
          SystemRows.row(SystemTables.COMMENTS_ROW, object, member, text));
    }
  }

  private void dropComments(long object) {
    List<io.distdb.api.Bytes> keys = new ArrayList<>();
    KeyRange range = KeyRange.prefix(SystemTables.key(object));
    try (IndexCursor cursor = transaction.range(SystemTables.COMMENTS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        keys.add(cursor.key());
      }
    }
    keys.forEach(key -> transaction.delete(SystemTables.COMMENTS, key));
  }
}
