// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;

/** Reads the inner table by a key made of the outer row. */
final class IndexPartners implements Partners {
  /** What is compiled once. */
  static final class Factory {
    private final TableCodec table;
    private final AccessProgram access;
    private final int[] ordinals;

    /** Null unless index entries have all the columns. */
    private final EntryColumns entryColumns;

    Factory(PhysicalPlan.IndexJoin plan, TableCodec table) {
      this.table = table;
      access =
          new AccessProgram(
              table, plan.inner().path(), plan.inner().direction(), plan.outer().output());
      ordinals = plan.inner().ordinals().stream().mapToInt(Integer::intValue).toArray();
      entryColumns =
          plan.inner().isIndexOnly() ? EntryColumns.of(table, access.index(), ordinals) : null;
    }

    Partners open(Execution execution) {
      return entryColumns == null
          ? new IndexPartners(this, execution)
          : new EntryPartners(access, entryColumns.fresh(), execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Frame frame;
  private Vector[] keys;
  private RowCursor partners = RowCursors.empty();

  private IndexPartners(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    frame = plan.access.frame(execution);
  }

  @Override
  public void enterBatch(Batch batch) {
    keys = plan.access.evaluate(frame, batch);
  }

  @Override
  public void enterRow(int position) {
    partners.close();
    partners = plan.access.open(execution.transaction(), keys, position);
  }

  @Override
  public boolean next(Vector[] columns, int first, int at) {
    if (!partners.next()) {
      return false;
    }
    Bytes row = partners.row();
    for (int i = 0; i < plan.ordinals.length; i++) {
      plan.table.read(partners, plan.table.complete(row), plan.ordinals[i], columns[first + i], at);
    }
    return true;
  }

  @Override
  public void close() {
    partners.close();
  }
}
