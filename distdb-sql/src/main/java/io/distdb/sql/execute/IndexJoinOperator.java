// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.plan.PhysicalPlan;

/** For each outer row, reads the inner table by a key made of that row. */
final class IndexJoinOperator extends JoinOperator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory outer;
    private final PhysicalPlan.IndexJoin plan;
    private final TableCodec table;
    private final AccessProgram access;
    private final int[] ordinals;

    Factory(OperatorFactory outer, PhysicalPlan.IndexJoin plan, TableCodec table) {
      this.outer = outer;
      this.plan = plan;
      this.table = table;
      access =
          new AccessProgram(
              table, plan.inner().path(), plan.inner().direction(), plan.outer().output());
      ordinals = plan.inner().ordinals().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public Operator open(Execution execution) {
      return new IndexJoinOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Frame frame;
  private Vector[] keys;
  private RowCursor partners = RowCursors.empty();

  private IndexJoinOperator(Factory plan, Execution execution) {
    super(
        plan.outer.open(execution),
        plan.plan.outer().output(),
        plan.plan.inner().output(),
        execution);
    this.plan = plan;
    this.execution = execution;
    frame = plan.access.frame(execution);
  }

  @Override
  void enterBatch(Batch batch) {
    keys = plan.access.evaluate(frame, batch);
  }

  @Override
  void enterRow(int position) {
    partners.close();
    partners = plan.access.open(execution.transaction(), keys, position);
  }

  @Override
  boolean nextPartner(Vector[] columns, int first, int at) {
    if (!partners.next()) {
      return false;
    }
    Bytes row = partners.row();
    for (int i = 0; i < plan.ordinals.length; i++) {
      Cells.read(plan.table.layout, row, plan.ordinals[i], columns[first + i], at);
    }
    return true;
  }

  @Override
  public void close() {
    partners.close();
    super.close();
  }
}
