// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a statement did to foreign keys, and what follows from it at the statement's end.
 *
 * <p>Design: while rows are written, the keys that new rows refer to and the keys that went are
 * only noted. At the end the keys that went are followed first: their actions delete and change
 * referencing rows, which notes more, round after round. Then NO ACTION is checked, then that every
 * key referred to is there. Why concurrent statements cannot break it: who refers to a key locks it
 * SHARED and reads its newest value, who takes it away has it locked EXCLUSIVE since then and looks
 * for referencing rows in a snapshot taken after that; one of the two waits and sees what the other
 * did. Source: PostgreSQL's documentation, chapter 5.4.5, and its RI triggers' order of events.
 *
 * <p>Belongs to one run of one statement.
 */
final class ReferenceEvents {
  private final Execution execution;
  private final Transaction transaction;
  private final KeyWriter writer = new KeyWriter(64);

  /** Keys referred to, each with the stored row of one that refers to it. */
  private final Map<ForeignKeyProgram, Map<Bytes, Bytes>> referred = new LinkedHashMap<>();

  private List<Removed> removed = new ArrayList<>();
  private final List<Removed> unanswered = new ArrayList<>();
  private final Map<TableCodec, TableWriter> writers = new LinkedHashMap<>();

  /**
   * A key that a row had and has no more.
   *
   * @param before columns of the row by ordinal, those of the key at least, in row 0
   * @param after as {@code before}; null when the row is gone
   */
  private record Removed(ForeignKeyProgram key, Bytes parentKey, Vector[] before, Vector[] after) {
    ReferenceAction action() {
      return after == null ? key.key.onDelete() : key.key.onUpdate();
    }
  }

  ReferenceEvents(Execution execution) {
    this.execution = execution;
    transaction = execution.transaction();
  }

  // --- noting ---

  /** A row was stored as {@code row} that may refer to keys. */
  void stored(ForeignKeyProgram key, Vector[] columns, int at, Bytes row) {
    int nulls = key.nulls(columns, at);
    if (nulls > 0) {
      if (key.key.matchFull() && nulls < key.childColumns.length) {
        throw ConstraintErrors.mixedNulls(key);
      }
      return;
    }
    Bytes parentKey = key.referencedKey(writer, columns, at);
    if (parentKey == null) {
      throw ConstraintErrors.notPresent(key, columns, at);
    }
    referred.computeIfAbsent(key, k -> new LinkedHashMap<>()).putIfAbsent(parentKey, row);
  }

  /** A row that may be referred to is gone. */
  void deleted(ForeignKeyProgram key, Vector[] columns, int at) {
    Bytes parentKey = key.ownKey(writer, columns, at);
    if (parentKey != null) {
      removed.add(new Removed(key, parentKey, copy(key, columns, at), null));
    }
  }

  /** A row that may be referred to got other values. */
  void changed(ForeignKeyProgram key, Vector[] old, Vector[] columns, int at) {
    Bytes parentKey = key.ownKey(writer, old, at);
    if (parentKey == null || parentKey.equals(key.ownKey(writer, columns, at))) {
      return;
    }
    removed.add(new Removed(key, parentKey, copy(key, old, at), copy(key, columns, at)));
  }

  private static Vector[] copy(ForeignKeyProgram key, Vector[] columns, int at) {
    Vector[] copied = new Vector[key.parent.layout.columnCount()];
    for (int column : key.parentColumns) {
      copied[column] = new Vector(key.parent.layout.type(column), 1);
      copied[column].set(0, columns[column], at);
    }
    return copied;
  }

  // --- the end of the statement ---

  /**
   * @throws io.distdb.api.error.DistDbException {@code FOREIGN_KEY_VIOLATION}
   */
  void finish() {
    if (!removed.isEmpty()) {
      freshSnapshot();
    }
    while (!removed.isEmpty()) {
      List<Removed> round = removed;
      removed = new ArrayList<>();
      follow(round);
      writers.values().forEach(TableWriter::finish);
    }
    checkUnanswered();
    referred.forEach((key, keys) -> {
      if (isDeferred(key)) {
        keys.forEach((parentKey, row) -> defer(key, parentKey, row));
      } else {
        keys.forEach((parentKey, row) -> checkPresent(key, parentKey, row));
      }
    });
    referred.clear();
  }

  private void checkPresent(ForeignKeyProgram key, Bytes parentKey, Bytes row) {
    if (!key.parentExists(transaction, parentKey, LockStrength.SHARED)) {
      throw ConstraintErrors.notPresent(key, whole(key.child, row), 0);
    }
  }

  // --- deferred constraints ---

  private boolean isDeferred(ForeignKeyProgram key) {
    return execution.deferred() != null && execution.deferred().isDeferred(key);
  }

  private void unanswered(Removed gone) {
    if (isDeferred(gone.key)) {
      execution
          .deferred()
          .add(new DeferredChecks.Pending(gone.key, gone.parentKey, gone.before, true));
    } else {
      unanswered.add(gone);
    }
  }

  private void defer(ForeignKeyProgram key, Bytes parentKey, Bytes row) {
    Vector[] child = whole(key.child, row);
    Vector[] values = new Vector[key.parent.layout.columnCount()];
    for (int i = 0; i < key.parentColumns.length; i++) {
      values[key.parentColumns[i]] = child[key.childColumns[i]];
    }
    execution.deferred().add(new DeferredChecks.Pending(key, parentKey, values, false));
  }

  /**
   * Checks what waited: that no row refers to a key that is not there.
   *
   * @throws io.distdb.api.error.DistDbException {@code FOREIGN_KEY_VIOLATION}
   */
  void checkDeferred(List<DeferredChecks.Pending> checks) {
    List<Removed> came = new ArrayList<>();
    List<Removed> went = new ArrayList<>();
    for (DeferredChecks.Pending check : checks) {
      LockStrength strength = check.removed() ? LockStrength.EXCLUSIVE : LockStrength.SHARED;
      if (!check.key().parentExists(transaction, check.parentKey(), strength)) {
        (check.removed() ? went : came)
            .add(new Removed(check.key(), check.parentKey(), check.values(), null));
      }
    }
    if (came.isEmpty() && went.isEmpty()) {
      return;
    }
    freshSnapshot();
    forEachChild(came, (missing, rowKey) -> refuseMissing(missing, rowKey));
    forEachChild(went, (gone, rowKey) -> refuseIfReferring(gone, rowKey));
  }

  private void refuseMissing(Removed missing, Bytes rowKey) {
    Vector[] row = referring(missing, rowKey, LockStrength.SHARED);
    if (row != null) {
      throw ConstraintErrors.notPresent(missing.key, row, 0);
    }
  }

  /** Referencing rows that were committed while this statement waited must be seen. */
  private void freshSnapshot() {
    if (transaction.isolation() == IsolationLevel.READ_COMMITTED) {
      transaction.beginStatement();
    }
  }

  private void follow(List<Removed> round) {
    List<Removed> restricting = new ArrayList<>();
    List<Removed> acting = new ArrayList<>();
    for (Removed gone : round) {
      switch (gone.action()) {
        case NO_ACTION -> unanswered(gone);
        case RESTRICT -> restricting.add(gone);
        case CASCADE, SET_NULL, SET_DEFAULT -> acting.add(gone);
      }
    }
    forEachChild(restricting, (gone, rowKey) -> refuseIfReferring(gone, rowKey));
    forEachChild(acting, this::act);
  }

  private void checkUnanswered() {
    List<Removed> missing = new ArrayList<>();
    for (Removed gone : unanswered) {
      if (!gone.key.parentExists(transaction, gone.parentKey, LockStrength.EXCLUSIVE)) {
        missing.add(gone);
      }
    }
    unanswered.clear();
    forEachChild(missing, (gone, rowKey) -> refuseIfReferring(gone, rowKey));
  }

  private interface ChildAction {
    void on(Removed gone, Bytes rowKey);
  }

  /**
   * Finds the referencing rows. REPEATABLE READ has an old snapshot: what it does not see of the
   * rows that are there now ends it, as soon as one of them is locked.
   */
  private void forEachChild(List<Removed> keys, ChildAction action) {
    if (keys.isEmpty()) {
      return;
    }
    forEachChild(keys, transaction, action);
    if (transaction.isolation() == IsolationLevel.REPEATABLE_READ) {
      try (Transaction latest = execution.environment().latest()) {
        forEachChild(keys, latest, action);
      }
    }
  }

  /** By index, or for all keys together in one pass. */
  private void forEachChild(List<Removed> keys, Transaction reader, ChildAction action) {
    Map<ForeignKeyProgram, Map<Bytes, Removed>> unindexed = new LinkedHashMap<>();
    for (Removed gone : keys) {
      if (gone.key.hasChildIndex()) {
        for (Bytes rowKey : gone.key.childrenOf(reader, writer, gone.before, 0)) {
          action.on(gone, rowKey);
        }
      } else {
        unindexed.computeIfAbsent(gone.key, key -> new LinkedHashMap<>()).put(gone.parentKey, gone);
      }
    }
    unindexed.forEach((key, byKey) -> {
      Map<Bytes, Removed> found = new LinkedHashMap<>();
      key.forEachChild(
          reader,
          execution.cancellation(),
          child -> {
            Bytes parentKey = key.referencedKey(writer, child.columns(), 0);
            Removed gone = parentKey == null ? null : byKey.get(parentKey);
            if (gone != null) {
              found.put(child.rowKey(), gone);
            }
          });
      found.forEach((rowKey, gone) -> action.on(gone, rowKey));
    });
  }

  /** The newest columns of a row that still refers to {@code gone}; null when it does not. */
  private Vector[] referring(Removed gone, Bytes rowKey, LockStrength strength) {
    RowLock lock = transaction.lock(gone.key.child.table.rows(), rowKey, strength, WaitPolicy.WAIT);
    if (!(lock instanceof RowLock.Held held) || held.value() == null) {
      return null;
    }
    Vector[] columns = whole(gone.key.child, held.value());
    return gone.parentKey.equals(gone.key.referencedKey(writer, columns, 0)) ? columns : null;
  }

  private void refuseIfReferring(Removed gone, Bytes rowKey) {
    if (referring(gone, rowKey, LockStrength.SHARED) != null) {
      throw ConstraintErrors.stillReferenced(gone.key, gone.before, 0);
    }
  }

  private void act(Removed gone, Bytes rowKey) {
    execution.cancellation().check();
    Vector[] old = referring(gone, rowKey, LockStrength.EXCLUSIVE);
    if (old == null) {
      return;
    }
    TableCodec child = gone.key.child;
    TableWriter childWriter =
        writers.computeIfAbsent(child, table -> new TableWriter(table).within(execution, this));
    if (gone.action() == ReferenceAction.CASCADE && gone.after == null) {
      childWriter.delete(rowKey, old, 0);
      return;
    }
    Vector[] changed = new Vector[old.length];
    Vector[] columns = old.clone();
    boolean keyChanges = false;
    for (int i = 0; i < gone.key.childColumns.length; i++) {
      int column = gone.key.childColumns[i];
      changed[column] = value(gone, i);
      columns[column] = changed[column];
      keyChanges |= child.table.primaryKey().contains(column);
      if (changed[column].nulls[0] && child.table.columns().get(column).notNull()) {
        throw ConstraintErrors.notNull(child.table, column, columns, 0);
      }
    }
    Bytes row = transaction.get(child.table.rows(), rowKey);
    childWriter.update(rowKey, row, old, changed, columns, 0, keyChanges);
  }

  /** What referencing column number {@code i} gets. */
  private Vector value(Removed gone, int i) {
    Vector result = new Vector(gone.key.child.layout.type(gone.key.childColumns[i]), 1);
    switch (gone.action()) {
      case CASCADE -> result.set(0, gone.after[gone.key.parentColumns[i]], 0);
      case SET_DEFAULT -> {
        Frame frame = gone.key.defaults.frame(execution);
        result.set(0, gone.key.defaults.evaluateConstant(i, frame), 0);
      }
      case SET_NULL, NO_ACTION, RESTRICT -> result.nulls[0] = true;
    }
    return result;
  }

  private static Vector[] whole(TableCodec table, Bytes row) {
    boolean[] all = new boolean[table.layout.columnCount()];
    java.util.Arrays.fill(all, true);
    Vector[] columns = table.vectors(all, 1);
    table.read(row, columns, 0);
    return columns;
  }
}
