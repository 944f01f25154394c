// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Optional;

/**
 * Groups rows by several sets of keys in one pass; the sets come out one after the other, then the
 * groups that did not find room in the memory of the query.
 */
final class GroupingSetsOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final OperatorFactory input;
    private final PhysicalPlan.GroupingSets plan;
    private final AggregateProgram program;

    /** For each set, positions of its keys in the input. */
    private final int[][] positions;

    /** For each set and key, the position of the key in the set, or -1. */
    private final int[][] keyOf;

    /** For each set and grouping call, its result. */
    private final int[][] groupings;

    Factory(OperatorFactory input, PhysicalPlan.GroupingSets plan) {
      this.input = input;
      this.plan = plan;
      List<Variable> layout = plan.input().output();
      program = new AggregateProgram(layout, plan.calls());
      int sets = plan.sets().size();
      positions = new int[sets][];
      keyOf = new int[sets][plan.keys().size()];
      groupings = new int[sets][plan.groupings().size()];
      for (int set = 0; set < sets; set++) {
        List<Integer> keys = plan.sets().get(set);
        positions[set] =
            keys.stream().mapToInt(key -> layout.indexOf(plan.keys().get(key))).toArray();
        for (int key = 0; key < plan.keys().size(); key++) {
          keyOf[set][key] = keys.indexOf(key);
        }
        for (int call = 0; call < plan.groupings().size(); call++) {
          for (int key : plan.groupings().get(call).keys()) {
            groupings[set][call] = groupings[set][call] * 2 + (keys.contains(key) ? 0 : 1);
          }
        }
      }
    }

    @Override
    public Operator open(Execution execution) {
      return new GroupingSetsOperator(this, execution);
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

  private GroupingSetsOperator(Factory plan, Execution execution) {
    this.plan = plan;
    input = plan.input.open(execution);
    passes = new GroupPasses(plan.program, plan.plan.input().output(), plan.positions, execution);
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
    for (int n = 0; n < count; n++) {
      fill(next + n, n);
    }
    output.setDense(count);
    next += count;
    return output;
  }

  private void fill(int group, int at) {
    int column = 0;
    for (int key : plan.keyOf[passes.set()]) {
      if (key < 0) {
        output.columns[column].nulls[at] = true;
      } else {
        groups.key(key, group, output.columns[column], at);
      }
      column++;
    }
    for (int grouping : plan.groupings[passes.set()]) {
      output.columns[column].nulls[at] = false;
      output.columns[column].longs[at] = grouping;
      column++;
    }
    for (int call = 0; column < output.columns.length; call++, column++) {
      groups.result(call, group, output.columns[column], at);
    }
  }

  @Override
  public Optional<NodeNote> note() {
    return Optional.of(passes.use().note("HashAgg Batches"));
  }

  @Override
  public void close() {
    begun = true;
    groups = null;
    input.close();
    passes.close();
  }
}
