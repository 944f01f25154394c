// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes window calls. The input comes sorted by partition and order; one partition is held at a
 * time, and handed on with the calls' columns added.
 */
final class WindowOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.WindowAgg plan;
    private final int[] partitionColumns;
    private final int[] orderColumns;
    private final List<WindowCallProgram> calls = new ArrayList<>();

    Factory(OperatorFactory input, PhysicalPlan.WindowAgg plan) {
      this.input = input;
      this.plan = plan;
      List<Variable> layout = plan.input().output();
      partitionColumns = plan.partition().stream().mapToInt(layout::indexOf).toArray();
      orderColumns =
          plan.order().stream().mapToInt(key -> layout.indexOf(key.variable())).toArray();
      for (Relation.WindowCall call : plan.calls()) {
        calls.add(new WindowCallProgram(layout, plan.order(), call));
      }
    }

    @Override
    public Operator open(Execution execution) {
      return new WindowOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Operator input;
  private final ColumnBuffer rows;
  private final QueryMemory.Holding holding;
  private final WindowPartition partition;
  private final List<WindowCallProgram.Run> calls = new ArrayList<>();
  private final Batch output;
  private final Batch slice = new Batch(null);
  private int[] selection = {};

  /** Rows of the input from {@code pendingAt} on are of the next partition. */
  private Batch pending;

  private int pendingAt;
  private int next;

  private WindowOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    input = plan.input.open(execution);
    rows = new ColumnBuffer(plan.plan.input().output());
    holding = execution.memory().holding("window partition");
    partition = new WindowPartition(rows, plan.orderColumns);
    plan.calls.forEach(call -> calls.add(call.open(execution)));
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    if (next == rows.rows && !load()) {
      return null;
    }
    execution.cancellation().check();
    int count = Math.min(Batch.ROWS_MAX, rows.rows - next);
    int width = rows.columns.length;
    for (int column = 0; column < output.columns.length; column++) {
      Vector source = column < width ? rows.columns[column] : calls.get(column - width).result();
      Vector target = output.columns[column];
      target.ensure(count);
      for (int n = 0; n < count; n++) {
        target.set(n, source, next + n);
      }
    }
    output.setDense(count);
    next += count;
    return output;
  }

  /** Reads the next partition and computes it; false when there is none. */
  private boolean load() {
    rows.clear();
    next = 0;
    if (pending == null) {
      pending = input.next();
      pendingAt = 0;
    }
    while (pending != null) {
      execution.cancellation().check();
      int end = endOfPartition();
      take(end);
      holding.set(rows.heapBytes());
      if (end < pending.count) {
        pendingAt = end;
        break;
      }
      pending = input.next();
      pendingAt = 0;
    }
    if (rows.rows == 0) {
      return false;
    }
    partition.refresh();
    for (WindowCallProgram.Run call : calls) {
      execution.cancellation().check();
      call.compute(partition);
    }
    return true;
  }

  /** One more than the last of the pending rows that belong to the rows taken already. */
  private int endOfPartition() {
    int at = pendingAt;
    if (rows.rows == 0) {
      at++;
    }
    while (at < pending.count && isSamePartition(at)) {
      at++;
    }
    return at;
  }

  private boolean isSamePartition(int ordinal) {
    int position = pending.position(ordinal);
    boolean held = rows.rows > 0;
    int first = held ? 0 : pending.position(pendingAt);
    for (int column : plan.partitionColumns) {
      Vector known = held ? rows.columns[column] : pending.columns[column];
      if (!known.same(first, pending.columns[column], position)) {
        return false;
      }
    }
    return true;
  }

  private void take(int end) {
    int count = end - pendingAt;
    if (count == 0) {
      return;
    }
    if (selection.length < count) {
      selection = new int[Math.max(count, Batch.ROWS_MAX)];
    }
    for (int n = 0; n < count; n++) {
      selection[n] = pending.position(pendingAt + n);
    }
    slice.columns = pending.columns;
    slice.extent = pending.extent;
    slice.selected = selection;
    slice.count = count;
    rows.append(slice);
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    calls.forEach(WindowCallProgram.Run::release);
    pending = null;
    rows.rows = 0;
    next = 0;
  }
}
