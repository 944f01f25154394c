// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;

/** Locks rows and deletes them with their index entries. */
final class DeleteChange implements Executable.Change {
  private final TableCodec table;
  private final LockedRows target;
  private final List<TableId> tables;

  /** What the runs of one session work with, one at a time. */
  private record Run(LockedRows.Run rows, TableWriter writer) {}

  /**
   * @param whole all rows are checked before the first is deleted, because subqueries might read
   *     what is left
   */
  DeleteChange(StatementPlan.Delete plan, TableCodec table, boolean whole) {
    this.table = table;
    tables = List.of(table.table.id());
    boolean[] needed = new boolean[table.table.columns().size()];
    for (IndexCodec index : table.indexes) {
      for (int ordinal : index.ordinals()) {
        needed[ordinal] = true;
      }
    }
    target = new LockedRows(table, plan.target(), plan.predicate(), needed, whole);
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
  public long run(Execution execution) {
    Run kept = (Run) execution.kept().take(this);
    Run run = kept == null ? new Run(target.newRun(), new TableWriter(table)) : kept;
    long count = run(run.rows().begin(execution), run.writer().begin(execution));
    run.writer().release();
    if (run.rows().release()) {
      execution.kept().keep(this, run);
    }
    return count;
  }

  private static long run(LockedRows.Run rows, TableWriter writer) {
    long count = 0;
    while (rows.next()) {
      Batch batch = rows.batch();
      for (int n = 0; n < batch.count; n++) {
        int at = batch.position(n);
        writer.delete(rows.keys[at], batch.columns, at);
      }
      count += batch.count;
    }
    return count;
  }
}
