// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;

/** Locks rows and deletes them with their index entries. */
final class DeleteChange implements Executable.Change {
  private final TableCodec table;
  private final LockedRows target;

  /**
   * @param whole all rows are checked before the first is deleted, because subqueries might read
   *     what is left
   */
  DeleteChange(StatementPlan.Delete plan, TableCodec table, boolean whole) {
    this.table = table;
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
    return List.of(table.table.id());
  }

  @Override
  public String tag() {
    return "DELETE";
  }

  @Override
  public long run(Execution execution) {
    LockedRows.Run rows = target.open(execution);
    TableWriter writer = new TableWriter(table, execution);
    long count = 0;
    while (rows.next()) {
      Batch batch = rows.batch;
      for (int n = 0; n < batch.count; n++) {
        int at = batch.position(n);
        writer.delete(rows.keys[at], batch.columns, at);
      }
      count += batch.count;
    }
    return count;
  }
}
