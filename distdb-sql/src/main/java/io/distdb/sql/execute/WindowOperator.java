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
 * time, and handed on with the calls' columns added. A partition too large for that is kept in a
 * temporary file and handed on from there, when all calls can be computed so.
 */
final class WindowOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.WindowAgg plan;
    private final int[] partitionColumns;
    private final int[] orderColumns;
    private final List<WindowCallProgram> calls = new ArrayList<>();
    private final boolean streams;

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
      streams = calls.stream().allMatch(call -> call.streamed().isPresent());
    }

    /** Of the input. */
    List<Variable> layout() {
      return plan.input().output();
    }

    List<WindowCallProgram> calls() {
      return calls;
    }

    /** Positions in the layout. */
    int[] orderColumns() {
      return orderColumns;
    }

    @Override
    public Operator open(Execution execution) {
      return new WindowOperator(this, execution);
    }
  }

  /** Of what a partition and a frame know of each row. */
  private static final long ROW_BYTES = 6L * Integer.BYTES;

  /** Of a call's result for a row, without what it refers to. */
  private static final long RESULT_BYTES = 9;

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

  /** The rows of a partition that found no room; null while they have. */
  private RowList kept;

  private WindowStream stream;

  /** The partition at hand, by its first row. */
  private final Vector[] first;

  private WindowOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    input = plan.input.open(execution);
    rows = new ColumnBuffer(plan.plan.input().output());
    first = ColumnBuffer.batchOf(plan.layout()).columns;
    holding =
        plan.streams
            ? execution.memory().spillable("window partition")
            : execution.memory().holding("window partition");
    partition = new WindowPartition(rows, plan.orderColumns);
    plan.calls.forEach(call -> calls.add(call.open(execution)));
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    if (stream != null) {
      Batch batch = stream.next();
      if (batch != null) {
        return batch;
      }
      stream.close();
      stream = null;
    }
    if (next == rows.rows && !load()) {
      return null;
    }
    return stream != null ? stream.next() : held();
  }

  private Batch held() {
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
      if (end < pending.count) {
        pendingAt = end;
        break;
      }
      pending = input.next();
      pendingAt = 0;
    }
    if (kept != null) {
      stream = new WindowStream(plan, kept, execution);
      kept = null;
      return true;
    }
    if (rows.rows == 0) {
      return false;
    }
    holding.holdAnyway(rows.heapBytes() + rows.rows * ROW_BYTES); // calls count their results
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
    if (rows.rows == 0 && kept == null) {
      for (int column : plan.partitionColumns) {
        first[column].set(0, pending.columns[column], pending.position(at));
      }
      at++;
    }
    while (at < pending.count && isSamePartition(at)) {
      at++;
    }
    return at;
  }

  private boolean isSamePartition(int ordinal) {
    int position = pending.position(ordinal);
    for (int column : plan.partitionColumns) {
      if (!first[column].same(0, pending.columns[column], position)) {
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
    if (kept != null) {
      kept.append(slice);
      return;
    }
    rows.append(slice);
    if (!holding.tryHold(
        rows.heapBytes() + rows.rows * (ROW_BYTES + RESULT_BYTES * calls.size()))) {
      keep();
    }
  }

  private void keep() {
    kept = new RowList(plan.layout(), "window partition", execution.memory());
    kept.append(partition.batch());
    rows.release();
    holding.holdAnyway(0);
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    calls.forEach(WindowCallProgram.Run::release);
    pending = null;
    if (stream != null) {
      stream.close();
      stream = null;
    }
    if (kept != null) {
      kept.close();
      kept = null;
    }
    rows.rows = 0;
    next = 0;
  }
}
