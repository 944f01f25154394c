// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/** Groups rows in a hash table. Groups come out in order of their first row. */
final class AggregateOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.HashAggregate plan;
    private final int[] keyPositions;
    private final Program arguments;

    /** For each call, its argument's position in {@code arguments}, or -1. */
    private final int[] argumentOf;

    Factory(OperatorFactory input, PhysicalPlan.HashAggregate plan) {
      this.input = input;
      this.plan = plan;
      List<Variable> layout = plan.input().output();
      keyPositions = plan.keys().stream().mapToInt(layout::indexOf).toArray();
      List<Expression> expressions = new ArrayList<>();
      argumentOf = new int[plan.calls().size()];
      for (int i = 0; i < argumentOf.length; i++) {
        AggregateCall call = plan.calls().get(i);
        argumentOf[i] = call.arguments().isEmpty() ? -1 : expressions.size();
        expressions.addAll(call.arguments());
      }
      arguments = ExpressionCompiler.compile(layout, expressions);
    }

    @Override
    public Operator open(Execution execution) {
      return new AggregateOperator(this, execution);
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Operator input;
  private final Frame frame;
  private final Vector[] keys;
  private final Aggregator[] aggregators;

  /** For DISTINCT calls: the pairs of group and value that were taken in. */
  private final KeyTable[] distinct;

  private final Batch output;
  private KeyTable groups;
  private int groupCount;
  private int next = -1;
  private int[] groupOf = {};
  private final Vector groupVector = new Vector(SqlType.INTEGER, Batch.ROWS_FIRST);

  private AggregateOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    input = plan.input.open(execution);
    frame = plan.arguments.frame(execution);
    keys = new Vector[plan.keyPositions.length];
    List<AggregateCall> calls = plan.plan.calls();
    aggregators = new Aggregator[calls.size()];
    distinct = new KeyTable[calls.size()];
    for (int i = 0; i < aggregators.length; i++) {
      aggregators[i] = Aggregators.of(calls.get(i).function());
    }
    output = ColumnBuffer.batchOf(plan.plan.output());
  }

  @Override
  public Batch next() {
    if (next < 0) {
      consume();
      next = 0;
    }
    int count = Math.min(Batch.ROWS_MAX, groupCount - next);
    if (count <= 0) {
      return null;
    }
    for (Vector column : output.columns) {
      column.ensure(count);
    }
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < keys.length; i++) {
        output.columns[i].set(n, groups.keys()[i], next + n);
      }
      for (int i = 0; i < aggregators.length; i++) {
        aggregators[i].result(next + n, output.columns[keys.length + i], n);
      }
    }
    output.setDense(count);
    next += count;
    return output;
  }

  private void consume() {
    if (keys.length == 0) {
      groupCount = 1;
      ensureGroups();
    }
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      assignGroups(batch);
      for (int i = 0; i < aggregators.length; i++) {
        int argument = plan.argumentOf[i];
        Vector value = argument < 0 ? null : plan.arguments.evaluate(argument, frame, batch);
        accumulate(i, value, batch);
      }
    }
    input.close();
  }

  private void assignGroups(Batch batch) {
    if (groupOf.length < batch.count) {
      groupOf = new int[batch.count];
    }
    if (keys.length == 0) {
      return;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.columns[plan.keyPositions[i]];
    }
    if (groups == null) {
      groups = new KeyTable(keys);
    }
    for (int n = 0; n < batch.count; n++) {
      groupOf[n] = groups.findOrAdd(keys, batch.position(n));
    }
    groupCount = groups.size();
    ensureGroups();
  }

  private void ensureGroups() {
    for (Aggregator aggregator : aggregators) {
      aggregator.ensure(groupCount);
    }
  }

  private void accumulate(int call, Vector value, Batch batch) {
    boolean onlyDistinct = plan.plan.calls().get(call).distinct() && value != null;
    Aggregator aggregator = aggregators[call];
    for (int n = 0; n < batch.count; n++) {
      int row = batch.position(n);
      if (!onlyDistinct || isNew(call, groupOf[n], value, row)) {
        aggregator.add(groupOf[n], value, row);
      }
    }
  }

  private boolean isNew(int call, int group, Vector value, int row) {
    groupVector.ensure(row + 1);
    groupVector.longs[row] = group;
    Vector[] pair = {groupVector, value};
    if (distinct[call] == null) {
      distinct[call] = new KeyTable(pair);
    }
    int known = distinct[call].size();
    return distinct[call].findOrAdd(pair, row) == known;
  }

  @Override
  public void close() {
    input.close();
    groupCount = 0;
  }
}
