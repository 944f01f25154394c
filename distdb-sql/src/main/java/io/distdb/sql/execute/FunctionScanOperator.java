// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.Series;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Runs functions side by side until the last of them ends. */
final class FunctionScanOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final PhysicalPlan.FunctionScan plan;
    private final Program arguments;

    Factory(PhysicalPlan.FunctionScan plan) {
      this.plan = plan;
      List<Expression> all = new ArrayList<>();
      plan.calls().forEach(call -> all.addAll(call.arguments()));
      arguments = ExpressionCompiler.compile(List.of(), all);
    }

    @Override
    public Operator open(Execution execution) {
      return new FunctionScanOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Series[] series;
  private final Batch output;
  private int capacity = Batch.ROWS_FIRST;
  private long returned;
  private boolean done;

  private FunctionScanOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    output = ColumnBuffer.batchOf(plan.plan.output());
    series = new Series[plan.plan.calls().size()];
    Frame frame = plan.arguments.frame(execution);
    int next = 0;
    for (int i = 0; i < series.length; i++) {
      Relation.SeriesCall call = plan.plan.calls().get(i);
      Vector[] values = new Vector[call.arguments().size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = plan.arguments.evaluateConstant(next++, frame);
      }
      series[i] = FunctionRegistry.open(call.function(), values, execution.environment());
    }
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    for (Vector column : output.columns) {
      column.ensure(capacity);
    }
    int rows = 0;
    while (rows < capacity && !done && fill(rows)) {
      rows++;
    }
    done |= rows < capacity;
    capacity = Batch.grow(capacity);
    output.setDense(rows);
    return rows == 0 ? null : output;
  }

  private boolean fill(int at) {
    boolean any = false;
    for (int i = 0; i < series.length; i++) {
      boolean more = series[i].next(output.columns[i], at);
      any |= more;
      output.columns[i].nulls[at] |= !more;
    }
    if (any && plan.plan.ordinality()) {
      Vector number = output.columns[series.length];
      number.nulls[at] = false;
      number.longs[at] = ++returned;
    }
    return any;
  }

  @Override
  public void close() {
    done = true;
  }
}
