// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.RowWriter;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows of one table together with their index entries, for one statement after another.
 *
 * <p>Uniqueness: the key, of the row or of the unique entry, is locked exclusively and then read at
 * its newest, so that of two transactions that insert it the second waits for the first. An update
 * that changes unique keys removes the old ones as it goes and adds the new ones in {@link
 * #finish}, so that only the state after the statement counts: {@code SET id = id + 1} works in any
 * order of rows.
 */
final class TableWriter {
  private final TableCodec table;
  private Execution execution;
  private Transaction transaction;
  private RowIds rowIds;
  private KeyWriter keyWriter;
  private RowWriter rowWriter;
  private List<Pending> pending;
  private Frame checkFrame;
  private ReferenceEvents events;

  /** A key that is added when every old one is gone. */
  private record Pending(IndexCodec index, Bytes key, Bytes value, Bytes row) {}

  TableWriter(TableCodec table) {
    this.table = table;
  }

  /** Begins a statement. */
  TableWriter begin(Execution begun) {
    execution = begun;
    transaction = begun.transaction();
    rowIds = begun.rowIds();
    pending = null;
    events = null;
    return this;
  }

  /** Begins as a part of a statement that {@code shared} belongs to. */
  TableWriter within(Execution begun, ReferenceEvents shared) {
    begin(begun);
    events = shared;
    return this;
  }

  /** Lets go of the statement that is over, and of its values. */
  void release() {
    execution = null;
    transaction = null;
    checkFrame = null;
    events = null;
    pending = null;
    if (rowWriter != null) {
      rowWriter.clear();
    }
  }

  private KeyWriter keyWriter() {
    if (keyWriter == null) {
      keyWriter = new KeyWriter(64);
    }
    return keyWriter;
  }

  private RowWriter rowWriter() {
    if (rowWriter == null) {
      rowWriter = new RowWriter(table.layout);
    }
    return rowWriter;
  }

  /**
   * Inserts the row at {@code at} of {@code columns}, which are all of the table's.
   *
   * @return its key
   */
  Bytes insert(Vector[] columns, int at) {
    check(columns, at);
    Bytes row = encode(columns, at);
    IndexId rows = table.table.rows();
    Bytes key;
    if (table.table.hasRowId()) {
      key = keyWriter().reset().appendLong(TableCodec.ROW_ID, rowIds.next()).toBytes();
      transaction.put(rows, key, row);
    } else {
      key = table.rowKey(keyWriter(), columns, at);
      putNew(null, rows, key, row, columns, at);
    }
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexCodec index = table.indexes.get(i);
      addEntry(index, index.entry(keyWriter(), columns, at, key), columns, at);
    }
    noteStored(columns, at, row);
    return key;
  }

  /** Notes that a row was stored as {@code row}, for {@link #end}. */
  void noteStored(Vector[] columns, int at, Bytes row) {
    List<ForeignKeyProgram> outgoing = table.references.outgoing();
    for (int i = 0; i < outgoing.size(); i++) {
      events().stored(outgoing.get(i), columns, at, row);
    }
  }

  private void addEntry(IndexCodec index, IndexCodec.Entry entry, Vector[] columns, int at) {
    if (entry.exclusive()) {
      putNew(index, index.id(), entry.key(), entry.value(), columns, at);
    } else {
      transaction.put(index.id(), entry.key(), entry.value());
    }
  }

  private void putNew(
      IndexCodec index, IndexId id, Bytes key, Bytes value, Vector[] columns, int at) {
    if (exists(id, key)) {
      throw duplicate(index, columns, at);
    }
    transaction.put(id, key, value);
  }

  private boolean exists(IndexId index, Bytes key) {
    RowLock lock = transaction.lock(index, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
    return lock instanceof RowLock.Held held && held.value() != null;
  }

  /** Deletes a locked row with its entries; {@code columns} has those of its indexes. */
  void delete(Bytes key, Vector[] columns, int at) {
    transaction.delete(table.table.rows(), key);
    for (IndexCodec index : table.indexes) {
      transaction.delete(index.id(), index.entry(keyWriter(), columns, at, key).key());
    }
    List<ForeignKeyProgram> incoming = table.references.incoming();
    for (int i = 0; i < incoming.size(); i++) {
      events().deleted(incoming.get(i), columns, at);
    }
  }

  private ReferenceEvents events() {
    if (events == null) {
      events = new ReferenceEvents(execution);
    }
    return events;
  }

  /**
   * Writes a locked row anew.
   *
   * @param old columns before, as far as they are needed
   * @param changed new values by ordinal; null where a column stays
   * @param columns columns after, as far as they are needed
   * @param keyChanges whether a column of the primary key is assigned
   */
  void update(
      Bytes key,
      Bytes oldRow,
      Vector[] old,
      Vector[] changed,
      Vector[] columns,
      int at,
      boolean keyChanges) {
    Bytes row = changed(oldRow, changed, at);
    checkRow(row, columns, changed, at);
    Bytes newKey = keyChanges ? table.rowKey(keyWriter(), columns, at) : key;
    if (newKey.equals(key)) {
      transaction.put(table.table.rows(), key, row);
    } else {
      transaction.delete(table.table.rows(), key);
      defer(new Pending(null, newKey, row, row));
    }
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexCodec index = table.indexes.get(i);
      if (keyChanges || touches(index.ordinals(), changed)) {
        updateEntry(index, key, newKey, row, old, columns, at);
      }
    }
    if (!table.references.isEmpty()) {
      noteChange(row, old, changed, columns, at);
    }
  }

  private void noteChange(Bytes row, Vector[] old, Vector[] changed, Vector[] columns, int at) {
    for (ForeignKeyProgram key : table.references.outgoing()) {
      if (touches(key.childColumns, changed)) {
        events().stored(key, columns, at, row);
      }
    }
    for (ForeignKeyProgram key : table.references.incoming()) {
      if (touches(key.parentColumns, changed)) {
        events().changed(key, old, columns, at);
      }
    }
  }

  /** The row with some columns changed: overwritten in a copy where their slots have fixed size. */
  private Bytes changed(Bytes before, Vector[] changed, int at) {
    Bytes oldRow = table.complete(before);
    boolean sameShape = table.layout.isComplete(oldRow);
    for (int i = 0; i < changed.length && sameShape; i++) {
      sameShape = changed[i] == null || changed[i].form.isFixed();
    }
    if (sameShape) {
      byte[] copy = oldRow.array().clone();
      for (int i = 0; i < changed.length; i++) {
        if (changed[i] != null) {
          Cells.overwrite(table.layout, copy, i, changed[i], at);
        }
      }
      return Bytes.wrap(copy);
    }
    RowWriter writer = rowWriter();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == null) {
        writer.copy(i, oldRow);
      } else {
        Cells.write(writer, i, changed[i], at);
      }
    }
    return writer.finish();
  }

  private static boolean touches(int[] ordinals, Vector[] changed) {
    for (int ordinal : ordinals) {
      if (changed[ordinal] != null) {
        return true;
      }
    }
    return false;
  }

  private void updateEntry(
      IndexCodec index,
      Bytes key,
      Bytes newKey,
      Bytes row,
      Vector[] old,
      Vector[] columns,
      int at) {
    IndexCodec.Entry before = index.entry(keyWriter(), old, at, key);
    IndexCodec.Entry after = index.entry(keyWriter(), columns, at, newKey);
    if (before.key().equals(after.key()) && before.value().equals(after.value())) {
      return;
    }
    transaction.delete(index.id(), before.key());
    if (after.exclusive()) {
      defer(new Pending(index, after.key(), after.value(), row));
    } else {
      transaction.put(index.id(), after.key(), after.value());
    }
  }

  private void defer(Pending entry) {
    if (pending == null) {
      pending = new ArrayList<>();
    }
    pending.add(entry);
  }

  /** Adds what waited for the end of the statement. */
  void finish() {
    if (pending == null) {
      return;
    }
    for (Pending entry : pending) {
      IndexId id = entry.index() == null ? table.table.rows() : entry.index().id();
      if (exists(id, entry.key())) {
        throw duplicate(entry.index(), whole(entry.row()), 0);
      }
      transaction.put(id, entry.key(), entry.value());
    }
    pending = null;
  }

  /** The end of the statement: foreign keys are followed and checked. */
  void end() {
    if (events == null) {
      return;
    }
    if (execution.end() == null) {
      events.finish();
    } else {
      execution.end().add(events);
    }
  }

  /** The stored form of a row. */
  Bytes encode(Vector[] columns, int at) {
    RowWriter writer = rowWriter();
    for (int i = 0; i < columns.length; i++) {
      Cells.write(writer, i, columns[i], at);
    }
    return writer.finish();
  }

  /** Checks a new row against everything but its keys. */
  void check(Vector[] columns, int at) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].nulls[at] && table.table.columns().get(i).notNull()) {
        throw ConstraintErrors.notNull(table.table, i, columns, at);
      }
    }
    if (table.checks.isEmpty()) {
      return;
    }
    String violated = table.checks.violated(checkFrame(), columns, null, at);
    if (violated != null) {
      throw ConstraintErrors.check(table.table, violated, columns, at);
    }
  }

  /** Checks a changed row, which is stored as {@code row}. */
  private void checkRow(Bytes row, Vector[] columns, Vector[] changed, int at) {
    if (table.checks.isEmpty()) {
      return;
    }
    String violated = table.checks.violated(checkFrame(), columns, changed, at);
    if (violated != null) {
      throw ConstraintErrors.check(table.table, violated, whole(row), 0);
    }
  }

  private Frame checkFrame() {
    if (checkFrame == null) {
      checkFrame = table.checks.frame(execution);
    }
    return checkFrame;
  }

  /** All columns of a stored row. */
  Vector[] whole(Bytes row) {
    boolean[] all = new boolean[table.layout.columnCount()];
    Arrays.fill(all, true);
    Vector[] columns = table.vectors(all, 1);
    table.read(row, columns, 0);
    return columns;
  }

  /**
   * @param index null for the primary key
   * @param columns all of the row that is refused
   */
  DistDbException duplicate(IndexCodec index, Vector[] columns, int at) {
    String constraint = index == null ? table.table.primaryKeyName() : index.definition.name();
    int[] ordinals =
        index == null
            ? table.table.primaryKey().stream().mapToInt(Integer::intValue).toArray()
            : index.ordinals();
    return new DistDbException(
            ErrorCode.UNIQUE_VIOLATION,
            "duplicate key value violates unique constraint \"" + constraint + "\"")
        .withDetail(ConstraintErrors.key(table.table, ordinals, columns, at) + " already exists.")
        .about(ErrorObject.ofConstraint(table.table.schema(), table.table.name(), constraint));
  }
}
