// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.StatementPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.function.Function;

/** Locks rows, computes new values from their newest ones, writes them. */
final class UpdateChange implements Executable.Change {
  private final TableCodec table;
  private final TargetRows target;
  private final Program values;
  private final int[] ordinals;
  private final boolean keyChanges;
  private final int width;
  private final ReturningProgram returning;
  private final List<TableId> tables;

  /**
   * @param rows makes what finds the rows, and is told which columns are needed
   * @param tables those that are read or written
   */
  UpdateChange(
      StatementPlan.Update plan,
      TableCodec table,
      Function<boolean[], TargetRows> rows,
      List<TableId> tables) {
    this.table = table;
    this.tables = tables;
    List<ColumnUpdate> updates = plan.updates();
    ordinals = updates.stream().mapToInt(ColumnUpdate::ordinal).toArray();
    Table definition = table.table;
    keyChanges = updates.stream().anyMatch(u -> definition.primaryKey().contains(u.ordinal()));
    boolean[] needed = new boolean[definition.columns().size()];
    for (ColumnUpdate update : updates) {
      ReferencedColumns.mark(update.value(), plan.target().columns(), needed);
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
    table.references.markChanged(assigned, needed);
    List<Variable> layout = plan.target().layout();
    width = layout.size();
    returning = plan.returning().map(list -> new ReturningProgram(list, layout)).orElse(null);
    if (returning != null) {
      returning.markNeeded(needed);
    }
    target = rows.apply(needed);
    values = ExpressionCompiler.compile(layout, updates.stream().map(ColumnUpdate::value).toList());
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
  public boolean returnsRows() {
    return returning != null;
  }

  @Override
  public long run(Execution execution, ReturnedRows returned) {
    Run kept = (Run) execution.kept().take(this);
    Run run = kept == null ? new Run() : kept;
    long count =
        run.run(execution, returning == null ? null : returning.begin(execution, returned));
    if (run.release()) {
      execution.kept().keep(this, run);
    }
    return count;
  }

  /** What the runs of one session work with, one at a time. */
  private final class Run {
    private final TargetRows.Run rows = target.newRun();
    private final TableWriter writer = new TableWriter(table);
    private final Frame frame = values.frame();
    private final Vector[] changed = new Vector[table.layout.columnCount()];
    private final Vector[] after = new Vector[width];

    long run(Execution execution, ReturningProgram.Run emitted) {
      rows.begin(execution);
      writer.begin(execution);
      frame.renew(execution);
      long count = 0;
      while (rows.next()) {
        Batch batch = rows.batch();
        evaluate(batch);
        if (emitted != null) {
          emit(batch, emitted);
        }
        for (int n = 0; n < batch.count; n++) {
          int at = batch.position(n);
          NewValues.checkNotNull(table, ordinals, changed, rows.rows[at], at);
          writer.update(
              rows.keys[at], rows.rows[at], batch.columns, changed, after, at, keyChanges);
        }
        count += batch.count;
      }
      writer.finish();
      writer.end();
      return count;
    }

    private void emit(Batch batch, ReturningProgram.Run emitted) {
      Batch changedRows = new Batch(after);
      changedRows.count = batch.count;
      changedRows.selected = batch.selected;
      changedRows.extent = batch.extent;
      emitted.add(changedRows);
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
}
