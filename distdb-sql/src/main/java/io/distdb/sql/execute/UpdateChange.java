// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;

/** Locks rows, computes new values from their newest ones, writes them. */
final class UpdateChange implements Executable.Change {
  private final TableCodec table;
  private final LockedRows target;
  private final Program values;
  private final int[] ordinals;
  private final boolean keyChanges;
  private final List<TableId> tables;

  /**
   * @param whole all new values are computed before the first is written, because subqueries might
   *     read what was written
   */
  UpdateChange(StatementPlan.Update plan, TableCodec table, boolean whole) {
    this.table = table;
    tables = List.of(table.table.id());
    List<ColumnUpdate> updates = plan.updates();
    ordinals = updates.stream().mapToInt(ColumnUpdate::ordinal).toArray();
    Table definition = table.table;
    keyChanges = updates.stream().anyMatch(u -> definition.primaryKey().contains(u.ordinal()));
    boolean[] needed = new boolean[definition.columns().size()];
    for (ColumnUpdate update : updates) {
      ReferencedColumns.mark(update.value(), plan.target().output(), needed);
    }
    for (IndexCodec index : table.indexes) {
      boolean touched = keyChanges || updates.stream().anyMatch(u -> index.covers(u.ordinal()));
      for (int ordinal : index.ordinals()) {
        needed[ordinal] |= touched;
      }
    }
    for (int ordinal : definition.primaryKey()) {
      needed[ordinal] |= keyChanges;
    }
    boolean[] assigned = new boolean[needed.length];
    updates.forEach(update -> assigned[update.ordinal()] = true);
    table.checks.markNeeded(assigned, needed);
    target = new LockedRows(table, plan.target(), plan.predicate(), needed, whole);
    values =
        ExpressionCompiler.compile(
            plan.target().output(), updates.stream().map(ColumnUpdate::value).toList());
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public String tag() {
    return "UPDATE";
  }

  @Override
  public long run(Execution execution) {
    Run kept = (Run) execution.kept().take(this);
    Run run = kept == null ? new Run() : kept;
    long count = run.run(execution);
    if (run.release()) {
      execution.kept().keep(this, run);
    }
    return count;
  }

  /** What the runs of one session work with, one at a time. */
  private final class Run {
    private final LockedRows.Run rows = target.newRun();
    private final TableWriter writer = new TableWriter(table);
    private final Frame frame = values.frame();
    private final Vector[] changed = new Vector[table.layout.columnCount()];
    private final Vector[] after = new Vector[table.layout.columnCount()];

    long run(Execution execution) {
      rows.begin(execution);
      writer.begin(execution);
      frame.renew(execution);
      long count = 0;
      while (rows.next()) {
        Batch batch = rows.batch();
        evaluate(batch);
        for (int n = 0; n < batch.count; n++) {
          int at = batch.position(n);
          checkNotNull(changed, rows, at);
          writer.update(
              rows.keys[at], rows.rows[at], batch.columns, changed, after, at, keyChanges);
        }
        count += batch.count;
      }
      writer.finish();
      return count;
    }

    private void evaluate(Batch batch) {
      System.arraycopy(batch.columns, 0, after, 0, after.length);
      for (int i = 0; i < ordinals.length; i++) {
        Vector value = values.evaluate(i, frame, batch);
        changed[ordinals[i]] = value;
        after[ordinals[i]] = value;
      }
    }

    /** Lets go of the values of the run that is over; whether what is left is worth keeping. */
    boolean release() {
      writer.release();
      frame.release();
      return rows.release();
    }
  }

  private void checkNotNull(Vector[] changed, LockedRows.Run rows, int at) {
    for (int ordinal : ordinals) {
      if (changed[ordinal].nulls[at] && table.table.columns().get(ordinal).notNull()) {
        Vector[] whole = new Vector[changed.length];
        for (int i = 0; i < whole.length; i++) {
          whole[i] = new Vector(table.layout.type(i), 1);
          if (changed[i] == null) {
            Cells.read(table.layout, rows.rows[at], i, whole[i], 0);
          } else {
            whole[i].set(0, changed[i], at);
          }
        }
        throw ConstraintErrors.notNull(table.table, ordinal, whole, 0);
      }
    }
  }
}
