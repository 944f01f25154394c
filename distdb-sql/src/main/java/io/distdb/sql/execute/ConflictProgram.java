// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.ConflictUpdate;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The compiled ON CONFLICT of an INSERT.
 *
 * <p>A row whose keys are free is inserted at once, under the locks that said so. One that meets
 * another is skipped; or that other row, locked and at its newest, is updated. Updates of a batch
 * are computed together, since no row may be met twice; one at a time when they change unique keys
 * or have a condition, because a later row may then depend on an earlier one. Immutable.
 */
final class ConflictProgram {
  private final TableCodec table;
  private final Arbiters arbiters;
  private final boolean updates;
  private final Program values;
  private final Program predicate;
  private final int[] ordinals;
  private final boolean keyChanges;
  private final boolean oneByOne;

  /**
   * @param target one variable for each table column: the row that is there
   */
  ConflictProgram(OnConflict clause, List<Variable> target, TableCodec table) {
    this.table = table;
    arbiters = new Arbiters(clause.arbiters(), table);
    updates = clause.update().isPresent();
    List<ColumnUpdate> items = clause.update().map(ConflictUpdate::updates).orElse(List.of());
    List<Variable> layout = new ArrayList<>(target);
    layout.addAll(clause.excluded());
    values = ExpressionCompiler.compile(layout, items.stream().map(ColumnUpdate::value).toList());
    predicate =
        clause
            .update()
            .flatMap(ConflictUpdate::predicate)
            .map(e -> ExpressionCompiler.compile(layout, List.of(e)))
            .orElse(null);
    ordinals = items.stream().mapToInt(ColumnUpdate::ordinal).toArray();
    keyChanges = Arrays.stream(ordinals).anyMatch(table.table.primaryKey()::contains);
    oneByOne = predicate != null || keyChanges || changesUnique();
  }

  private boolean changesUnique() {
    return table.indexes.stream()
        .filter(index -> index.definition.unique())
        .anyMatch(index -> Arrays.stream(ordinals).anyMatch(index::covers));
  }

  Run newRun(TableWriter writer) {
    return new Run(writer);
  }

  /** What one run after another works with. */
  final class Run {
    private final TableWriter writer;
    private final Arbiters.Run found = arbiters.newRun();
    private final Frame valueFrame = values.frame();
    private final Frame predicateFrame = predicate == null ? null : predicate.frame();
    private final int width = table.layout.columnCount();
    private final Vector[] columns = new Vector[2 * width];
    private final Batch both = new Batch(columns);
    private final Vector[] changed = new Vector[width];
    private final Vector[] after = new Vector[width];
    private final Vector[] result = new Vector[width];
    private Bytes[] keys = {};
    private Bytes[] rows = {};
    private int[] conflicts = {};
    private int conflictCount;
    private int[] touched = {};
    private int touchedCount;
    private boolean returns;
    private Execution execution;

    /** The first row that was inserted or updated; all of them when there are more. */
    private Bytes firstKey;

    private Set<Bytes> allKeys;

    private Run(TableWriter writer) {
      this.writer = writer;
    }

    Run begin(Execution newExecution) {
      execution = newExecution;
      found.begin(execution);
      valueFrame.renew(execution);
      if (predicateFrame != null) {
        predicateFrame.renew(execution);
      }
      firstKey = null;
      allKeys = null;
      return this;
    }

    /** Lets go of the run that is over and of its values; whether the rest is worth keeping. */
    boolean release() {
      execution = null;
      found.release();
      valueFrame.release();
      if (predicateFrame != null) {
        predicateFrame.release();
      }
      firstKey = null;
      allKeys = null;
      if (keys.length > KeptRuns.ROWS_MAX) {
        return false;
      }
      Arrays.fill(keys, null);
      Arrays.fill(rows, null);
      forget(columns, width);
      forget(result, width);
      return true;
    }

    private static void forget(Vector[] vectors, int count) {
      for (int i = 0; i < count; i++) {
        if (vectors[i] != null) {
          vectors[i].forgetTexts();
        }
      }
    }

    /**
     * Inserts all of {@code source}.
     *
     * @return rows inserted or updated
     */
    long insert(Operator source, Optional<ReturningProgram.Run> returning) {
      returns = returning.isPresent();
      long count = 0;
      for (Batch batch = source.next(); batch != null; batch = source.next()) {
        execution.cancellation().check();
        ensure(batch);
        for (int n = 0; n < batch.count; n++) {
          insert(batch, batch.position(n));
        }
        update();
        count += touchedCount;
        if (returns && touchedCount > 0) {
          Arrays.sort(touched, 0, touchedCount);
          Batch emitted = new Batch(result);
          emitted.extent = batch.extent;
          emitted.selected = touched;
          emitted.count = touchedCount;
          returning.get().add(emitted);
        }
      }
      writer.finish();
      return count;
    }

    private void ensure(Batch batch) {
      int extent = batch.extent;
      if (keys.length < extent) {
        keys = new Bytes[extent];
        rows = new Bytes[extent];
        conflicts = new int[extent];
        touched = new int[extent];
      }
      for (int i = 0; i < width; i++) {
        columns[i] = room(columns[i], i, extent);
        columns[width + i] = batch.columns[i];
        result[i] = returns ? room(result[i], i, extent) : null;
      }
      both.extent = extent;
      conflictCount = 0;
      touchedCount = 0;
    }

    private Vector room(Vector vector, int ordinal, int extent) {
      if (vector == null) {
        return new Vector(table.layout.type(ordinal), extent);
      }
      vector.ensure(extent);
      return vector;
    }

    private void insert(Batch batch, int at) {
      writer.check(batch.columns, at);
      if (!updates) {
        if (!found.isTaken(batch.columns, at)) {
          writer.insert(batch.columns, at);
          touch(batch.columns, at);
        }
        return;
      }
      if (!found.lock(batch.columns, at)) {
        meet(writer.insert(batch.columns, at));
        touch(batch.columns, at);
        return;
      }
      if (isMet(found.key()) || execution.isChangedAlready(table.table.rows(), found.key())) {
        throw new DistDbException(
                ErrorCode.CARDINALITY_VIOLATION,
                "ON CONFLICT DO UPDATE command cannot affect row a second time")
            .withHint(
                "Ensure that no rows proposed for insertion within the same command have"
                    + " duplicate constrained values.");
      }
      keys[at] = found.key();
      rows[at] = found.row();
      table.read(found.row(), columns, at);
      conflicts[conflictCount++] = at;
      if (oneByOne) {
        update();
      } else {
        meet(found.key());
      }
    }

    private void touch(Vector[] from, int at) {
      touched[touchedCount++] = at;
      if (returns) {
        for (int i = 0; i < width; i++) {
          result[i].set(at, from[i], at);
        }
      }
    }

    /** Updates the rows that were met and not yet updated. */
    private void update() {
      if (conflictCount == 0) {
        return;
      }
      both.selected = conflicts;
      both.count = conflictCount;
      if (predicate != null) {
        both.count = predicate.select(0, predicateFrame, both, conflicts);
      }
      if (both.count > 0) {
        write();
      }
      conflictCount = 0;
    }

    private void write() {
      System.arraycopy(columns, 0, after, 0, width);
      for (int i = 0; i < ordinals.length; i++) {
        changed[ordinals[i]] = values.evaluate(i, valueFrame, both);
        after[ordinals[i]] = changed[ordinals[i]];
      }
      for (int n = 0; n < both.count; n++) {
        int at = both.position(n);
        NewValues.checkNotNull(table, ordinals, changed, rows[at], at);
        writer.update(keys[at], rows[at], columns, changed, after, at, keyChanges);
        touch(after, at);
        if (oneByOne) {
          meet(keys[at]);
        }
      }
      if (oneByOne) {
        writer.finish();
      }
    }

    private boolean isMet(Bytes key) {
      return allKeys == null ? key.equals(firstKey) : allKeys.contains(key);
    }

    private void meet(Bytes key) {
      if (firstKey == null) {
        firstKey = key;
        return;
      }
      if (allKeys == null) {
        allKeys = new HashSet<>();
        allKeys.add(firstKey);
      }
      allKeys.add(key);
    }
  }
}
