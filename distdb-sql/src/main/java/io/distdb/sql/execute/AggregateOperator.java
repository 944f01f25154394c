// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Optional;

/**
 * Groups rows in a hash table. Groups come out in order of their first row, but for those that did
 * not find room in the memory of the query, which come last.
 */
final class AggregateOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.HashAggregate plan;
    private final int[] keyPositions;
    private final AggregateProgram program;

    Factory(OperatorFactory input, PhysicalPlan.HashAggregate plan) {
      this.input = input;
      this.plan = plan;
      List<Variable> layout = plan.input().output();
      keyPositions = plan.keys().stream().mapToInt(layout::indexOf).toArray();
      program = new AggregateProgram(layout, plan.calls());
    }

    @Override
    public Operator open(Execution execution) {
      return new AggregateOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Operator input;
  private final GroupPasses passes;
  private final Batch output;
  private boolean begun;

  /** What comes out; null at the end. */
  private Groups groups;

  private int next;

  private AggregateOperator(Factory plan, Execution execution) {
    this.plan = plan;
    input = plan.input.open(execution);
    passes =
        new GroupPasses(
            plan.program, plan.plan.input().output(), new int[][] {plan.keyPositions}, execution);
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    if (!begun) {
      begun = true;
      passes.begin(input);
      groups = passes.next();
    }
    while (groups != null && next == groups.count()) {
      groups = passes.next();
      next = 0;
    }
    if (groups == null) {
      return null;
    }
    int count = Math.min(Batch.ROWS_MAX, groups.count() - next);
    for (Vector column : output.columns) {
      column.ensure(count);
    }
    int keys = plan.keyPositions.length;
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < keys; i++) {
        groups.key(i, next + n, output.columns[i], n);
      }
      for (int i = keys; i < output.columns.length; i++) {
        groups.result(i - keys, next + n, output.columns[i], n);
      }
    }
    output.setDense(count);
    next += count;
    return output;
  }

  @Override
  public Optional<NodeNote> note() {
    return plan.keyPositions.length == 0
        ? Optional.empty()
        : Optional.of(passes.use().note("HashAgg Batches"));
  }

  @Override
  public void close() {
    begun = true;
    groups = null;
    input.close();
    passes.close();
  }
}
