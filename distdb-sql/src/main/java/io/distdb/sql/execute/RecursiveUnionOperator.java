// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;

/**
 * Semi-naive evaluation of a linear recursion (PostgreSQL documentation, 7.8.2.1): a step reads the
 * rows that the one before it added; the end is a step that adds none. Batches are handed on as
 * they come, so that a LIMIT above ends what would never end.
 */
final class RecursiveUnionOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final PhysicalPlan.RecursiveUnion plan;
    private final OperatorFactory base;
    private final OperatorFactory step;
    private final ColumnMapping baseMapping;
    private final ColumnMapping stepMapping;

    Factory(PhysicalPlan.RecursiveUnion plan, OperatorFactory base, OperatorFactory step) {
      this.plan = plan;
      this.base = base;
      this.step = step;
      baseMapping = new ColumnMapping(plan.base().output(), plan.baseColumns());
      stepMapping = new ColumnMapping(plan.step().output(), plan.stepColumns());
    }

    @Override
    public Operator open(Execution execution) {
      return new RecursiveUnionOperator(this, execution);
    }
  }

  /** The rows of the last step: all are there before anybody reads them. */
  private record WorkingRows(RowList rows) implements SharedRows {
    @Override
    public boolean fetch(long known) {
      return false;
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final ColumnMapping baseMapping;
  private final ColumnMapping stepMapping;
  private final Batch fresh = new Batch(null);
  private int[] selection = {};
  private KeyTable seen;
  private RowList added;
  private final QueryMemory.Holding holding;

  /** The rows that the step reads. */
  private RowList working;

  private Operator input;
  private boolean inBase = true;

  private RecursiveUnionOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    baseMapping = plan.baseMapping.fresh();
    stepMapping = plan.stepMapping.fresh();
    holding = execution.memory().holding("recursive query");
    added = newRows();
    input = plan.base.open(execution);
  }

  private RowList newRows() {
    return new RowList(plan.plan.output(), "recursive query", execution.memory());
  }

  @Override
  public Batch next() {
    while (input != null) {
      execution.cancellation().check();
      Batch batch = input.next();
      if (batch == null) {
        input.close();
        input = nextStep();
        continue;
      }
      Batch rows = (inBase ? baseMapping : stepMapping).apply(batch);
      Batch kept = plan.plan.distinct() ? unseen(rows) : rows;
      if (kept.count > 0) {
        added.append(kept);
        holding.set(seen == null ? 0 : seen.heapBytes());
        return kept;
      }
    }
    return null;
  }

  private Operator nextStep() {
    inBase = false;
    if (added.rows() == 0) {
      return null;
    }
    if (working != null) {
      working.close();
    }
    working = added;
    added = newRows();
    SharedRows shared = new WorkingRows(working);
    return plan.step.open(execution.with(execution.commonTables().and(plan.plan.id(), shared)));
  }

  private Batch unseen(Batch rows) {
    if (seen == null) {
      seen = new KeyTable(rows.columns);
    }
    if (selection.length < rows.count) {
      selection = new int[rows.count];
    }
    int kept = 0;
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      int known = seen.size();
      if (seen.findOrAdd(rows.columns, row) == known) {
        selection[kept++] = row;
      }
    }
    fresh.columns = rows.columns;
    fresh.extent = rows.extent;
    fresh.selected = selection;
    fresh.count = kept;
    return fresh;
  }

  @Override
  public void close() {
    if (input != null) {
      input.close();
      input = null;
    }
    seen = null;
    added.close();
    if (working != null) {
      working.close();
    }
    holding.release();
  }
}
