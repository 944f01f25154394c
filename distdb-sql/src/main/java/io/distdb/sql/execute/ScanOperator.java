// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;

/** Reads stored rows into batches and filters them. */
final class ScanOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final TableCodec table;
    private final AccessProgram access;
    private final int[] ordinals;
    private final Program filter;

    /** Keys cost a copy each: only changes ask for them. */
    private final boolean keepsKeys;

    Factory(PhysicalPlan.Scan scan, TableCodec table, boolean keepsKeys) {
      this.table = table;
      this.keepsKeys = keepsKeys;
      access = new AccessProgram(table, scan.path(), scan.direction(), List.of());
      ordinals = scan.ordinals().stream().mapToInt(Integer::intValue).toArray();
      filter =
          scan.filter()
              .map(predicate -> ExpressionCompiler.compile(scan.output(), List.of(predicate)))
              .orElse(null);
    }

    @Override
    public ScanOperator open(Execution execution) {
      return new ScanOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Frame filterFrame;
  private final RowCursor cursor;
  private final Vector[] vectors;
  private final Batch batch;
  private Bytes[] rowKeys = {};
  private int[] selection = {};
  private int size = Batch.ROWS_FIRST;
  private int capacity;
  private boolean done;

  private ScanOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    filterFrame = plan.filter == null ? null : plan.filter.frame(execution);
    vectors = new Vector[plan.ordinals.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new Vector(plan.table.type(plan.ordinals[i]), size);
    }
    batch = new Batch(vectors);
    Frame keys = plan.access.frame(execution);
    cursor = plan.access.open(execution.transaction(), plan.access.evaluateConstant(keys), 0);
  }

  @Override
  public Batch next() {
    while (!done) {
      execution.cancellation().check();
      int rows = fill();
      if (rows == 0) {
        break;
      }
      if (filter(rows)) {
        return batch;
      }
    }
    close();
    return null;
  }

  /** Key of the row at {@code position} of the current batch, when keys are kept. */
  Bytes rowKey(int position) {
    return rowKeys[position];
  }

  private int fill() {
    if (capacity < size) {
      capacity = size;
      rowKeys = plan.keepsKeys ? new Bytes[size] : rowKeys;
      for (Vector vector : vectors) {
        vector.ensure(size);
      }
    }
    int rows = 0;
    while (rows < size && cursor.next()) {
      Bytes row = plan.table.complete(cursor.row());
      if (plan.keepsKeys) {
        rowKeys[rows] = cursor.rowKey();
      }
      for (int i = 0; i < vectors.length; i++) {
        plan.table.read(cursor, row, plan.ordinals[i], vectors[i], rows);
      }
      rows++;
    }
    done = rows < size;
    size = Batch.grow(size);
    return rows;
  }

  private boolean filter(int rows) {
    batch.setDense(rows);
    if (filterFrame == null) {
      return true;
    }
    if (selection.length < rows) {
      selection = new int[capacity];
    }
    int kept = plan.filter.select(0, filterFrame, batch, selection);
    batch.selected = selection;
    batch.count = kept;
    return kept > 0;
  }

  @Override
  public void close() {
    done = true;
    cursor.close();
  }
}
