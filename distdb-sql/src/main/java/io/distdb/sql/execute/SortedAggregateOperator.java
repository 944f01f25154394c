// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Groups rows that come sorted by the keys: a group is over when the next key comes, so that what
 * is held is a block of groups, whatever the number of rows. The first block is small, because a
 * LIMIT may want no more. What aggregates have gathered is given up with its block: a block ends
 * where a group ends, if need be in the middle of a batch.
 */
final class SortedAggregateOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.SortedAggregate plan;
    private final int[] keyPositions;
    private final AggregateProgram program;

    Factory(OperatorFactory input, PhysicalPlan.SortedAggregate plan) {
      this.input = input;
      this.plan = plan;
      List<Variable> layout = plan.input().output();
      keyPositions = plan.keys().stream().mapToInt(layout::indexOf).toArray();
      program = new AggregateProgram(layout, plan.calls());
    }

    @Override
    public Operator open(Execution execution) {
      return new SortedAggregateOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Operator input;
  private final AggregateProgram.Run run;
  private final QueryMemory.Holding holding;
  private final Batch output;

  /** Rows of one batch that belong to the block. */
  private final Batch part = new Batch(null);

  private AggregateState[] states;
  private int groups;
  private int groupsMax = Batch.ROWS_FIRST;
  private int[] groupOf = {};
  private int[] selection = {};

  /** What is not grouped yet: {@code pending} from row {@code next} on; null: ask the input. */
  private Batch pending;

  private int next;
  private boolean done;

  private SortedAggregateOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    input = plan.input.open(execution);
    run = plan.program.open(execution);
    holding = execution.memory().spillable("aggregate");
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    groups = 0;
    states = new AggregateState[plan.program.calls().size()];
    for (int call = 0; call < states.length; call++) {
      states[call] = new AggregateState(plan.program.calls().get(call));
    }
    boolean open = true;
    while (open && !done) {
      if (pending == null) {
        execution.cancellation().check();
        pending = input.next();
        next = 0;
        done = pending == null;
      }
      open = done || take();
    }
    return groups == 0 ? null : results();
  }

  /** Takes rows of the pending batch into the block; false: the next row is of the next block. */
  private boolean take() {
    if (groupOf.length < pending.extent) {
      groupOf = new int[pending.extent];
      selection = new int[pending.extent];
    }
    int taken = 0;
    boolean full = false;
    while (next < pending.count && !full) {
      int row = pending.position(next);
      boolean begins = groups == 0 || !isOfGroup(groups - 1, row);
      full = begins && groups == groupsMax;
      if (!full) {
        if (begins) {
          begin(row);
        }
        groupOf[row] = groups - 1;
        selection[taken++] = row;
        next++;
      }
    }
    if (taken > 0) {
      aggregate(taken);
    }
    pending = next < pending.count ? pending : null;
    return !full;
  }

  private boolean isOfGroup(int group, int row) {
    for (int i = 0; i < plan.keyPositions.length; i++) {
      if (!output.columns[i].same(group, pending.columns[plan.keyPositions[i]], row)) {
        return false;
      }
    }
    return true;
  }

  private void begin(int row) {
    for (int i = 0; i < plan.keyPositions.length; i++) {
      output.columns[i].ensure(groups + 1);
      output.columns[i].set(groups, pending.columns[plan.keyPositions[i]], row);
    }
    groups++;
  }

  private void aggregate(int rows) {
    part.columns = pending.columns;
    part.extent = pending.extent;
    part.selected = selection;
    part.count = rows;
    for (int call = 0; call < states.length; call++) {
      states[call].ensure(groups);
      Batch passing = run.rows(call, part);
      states[call].add(groupOf, passing, run.arguments(call, passing), run.order(call, passing));
    }
    if (!holding.tryHold(heapBytes())) {
      makeRoom();
    }
  }

  private void makeRoom() {
    for (AggregateState state : states) {
      if (state.spillableBytes() > 0) {
        state.spill(execution);
      }
    }
    holding.set(heapBytes());
  }

  private long heapBytes() {
    long bytes = 0;
    for (AggregateState state : states) {
      bytes += state.heldBytes();
    }
    return bytes;
  }

  private Batch results() {
    int keys = plan.keyPositions.length;
    if (execution.memory().spills() && heapBytes() * 2 > holding.shareBytes()) {
      makeRoom();
    }
    for (int call = 0; call < states.length; call++) {
      states[call].finish();
      Vector column = output.columns[keys + call];
      column.ensure(groups);
      for (int group = 0; group < groups; group++) {
        states[call].result(group, column, group);
      }
      states[call].close();
    }
    output.setDense(groups);
    groupsMax = Batch.grow(groupsMax);
    return output;
  }

  @Override
  public void close() {
    done = true;
    pending = null;
    input.close();
    for (int call = 0; states != null && call < states.length; call++) {
      states[call].close();
    }
    holding.release();
  }
}
