// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;
import java.util.function.Function;

/** Locks rows and deletes them with their index entries. */
final class DeleteChange implements Executable.Change {
  private final TableCodec table;
  private final TargetRows target;
  private final List<TableId> tables;
  private final ReturningProgram returning;

  /** What the runs of one session work with, one at a time. */
  private record Run(TargetRows.Run rows, TableWriter writer) {}

  /**
   * @param rows makes what finds the rows, and is told which columns are needed
   * @param tables those that are read or written
   */
  DeleteChange(
      StatementPlan.Delete plan,
      TableCodec table,
      Function<boolean[], TargetRows> rows,
      List<TableId> tables) {
    this.table = table;
    this.tables = tables;
    boolean[] needed = new boolean[table.table.columns().size()];
    for (IndexCodec index : table.indexes) {
      for (int ordinal : index.ordinals()) {
        needed[ordinal] = true;
      }
    }
    table.references.markDeleted(needed);
    returning =
        plan.returning()
            .map(list -> new ReturningProgram(list, plan.target().layout()))
            .orElse(null);
    if (returning != null) {
      returning.markNeeded(needed);
    }
    target = rows.apply(needed);
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public String tag() {
    return "DELETE";
  }

  @Override
  public boolean returnsRows() {
    return returning != null;
  }

  @Override
  public long run(Execution execution, ReturnedRows returned) {
    Run kept = (Run) execution.kept().take(this);
    Run run = kept == null ? new Run(target.newRun(), new TableWriter(table)) : kept;
    long count =
        run(
            run.rows().begin(execution),
            run.writer().begin(execution),
            returning == null ? null : returning.begin(execution, returned));
    run.writer().release();
    if (run.rows().release()) {
      execution.kept().keep(this, run);
    }
    return count;
  }

  private static long run(TargetRows.Run rows, TableWriter writer, ReturningProgram.Run emitted) {
    long count = 0;
    while (rows.next()) {
      Batch batch = rows.batch();
      if (emitted != null) {
        emitted.add(batch);
      }
      for (int n = 0; n < batch.count; n++) {
        int at = batch.position(n);
        writer.delete(rows.keys[at], batch.columns, at);
      }
      count += batch.count;
    }
    writer.end();
    return count;
  }
}
