// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Groups rows in a hash table. Groups come out in order of their first row. */
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
  private final Execution execution;
  private final Operator input;
  private final Groups groups;
  private final QueryMemory.Holding holding;
  private final Batch output;
  private int groupCount;
  private int next = -1;

  private AggregateOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    input = plan.input.open(execution);
    groups = new Groups(plan.keyPositions, plan.plan.calls());
    holding = execution.memory().holding("aggregate");
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    if (next < 0) {
      consume(plan.program, input, List.of(groups), execution, holding);
      groupCount = groups.count();
      next = 0;
    }
    int count = Math.min(Batch.ROWS_MAX, groupCount - next);
    if (count <= 0) {
      return null;
    }
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

  /** Takes all rows of {@code input} into each of {@code sets}, and closes it. */
  static void consume(
      AggregateProgram program,
      Operator input,
      List<Groups> sets,
      Execution execution,
      QueryMemory.Holding holding) {
    AggregateProgram.Run run = program.open(execution);
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      for (int i = 0; i < sets.size(); i++) {
        sets.get(i).assign(batch);
      }
      for (int call = 0; call < program.calls().size(); call++) {
        Batch rows = run.rows(call, batch);
        Vector[] arguments = run.arguments(call, rows);
        Vector[] order = run.order(call, rows);
        for (int i = 0; i < sets.size(); i++) {
          sets.get(i).add(call, rows, arguments, order);
        }
      }
      holding.set(heapBytes(sets));
    }
    input.close();
    for (Groups groups : sets) {
      groups.finish();
      holding.set(heapBytes(sets));
    }
  }

  private static long heapBytes(List<Groups> sets) {
    long bytes = 0;
    for (int i = 0; i < sets.size(); i++) {
      bytes += sets.get(i).heapBytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    groupCount = 0;
  }
}
