// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SetKind;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * INTERSECT and EXCEPT: numbers the distinct rows of the left side and counts how often each is on
 * either side; rows come out in the order in which the left side had them first. Left rows that
 * find no room, and right rows that may equal one of them, wait in partitions by their hash, which
 * are sets of their own and come last.
 */
final class HashSetOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final PhysicalPlan.HashSetOperation plan;
    private final OperatorFactory left;
    private final OperatorFactory right;
    private final ColumnMapping leftMapping;
    private final ColumnMapping rightMapping;

    Factory(PhysicalPlan.HashSetOperation plan, OperatorFactory left, OperatorFactory right) {
      this.plan = plan;
      this.left = left;
      this.right = right;
      leftMapping = new ColumnMapping(plan.left().output(), plan.leftColumns());
      rightMapping = new ColumnMapping(plan.right().output(), plan.rightColumns());
    }

    @Override
    public Operator open(Execution execution) {
      return new HashSetOperator(this, execution);
    }
  }

  /** Rows of one partition that found no room. */
  private record Waiting(SpillFile left, SpillFile right, int level) {
    private void close() {
      left.close();
      right.close();
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final List<Variable> layout;
  private final QueryMemory.Holding holding;
  private final HashUse use = new HashUse();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Batch output;

  /** Of the round; null before the first and at the end. */
  private KeyTable rows;

  private long[] left = {};
  private long[] right = {};

  /** Where rows of the round go that are not held; null while all are. */
  private SpillPartitions leftOthers;

  private SpillPartitions rightOthers;
  private int level;
  private boolean begun;
  private int next;

  /** Copies of row {@link #next} that have come out. */
  private long copies;

  private HashSetOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    layout = plan.plan.output();
    output = ColumnBuffer.batchOf(layout);
    holding = execution.memory().spillable("set operation");
  }

  @Override
  public Batch next() {
    if (!begun) {
      begun = true;
      round(
          () -> plan.left.open(execution),
          plan.leftMapping.fresh(),
          () -> plan.right.open(execution),
          plan.rightMapping.fresh());
    }
    while (rows != null) {
      execution.cancellation().check();
      int filled = fill();
      if (filled > 0) {
        output.setDense(filled);
        return output;
      }
      nextRound();
    }
    return null;
  }

  /** Writes rows of the round; 0: it is over. */
  private int fill() {
    int filled = 0;
    while (next < rows.size() && filled < Batch.ROWS_MAX) {
      if (copies >= wanted(next)) {
        next++;
        copies = 0;
        continue;
      }
      for (int i = 0; i < output.columns.length; i++) {
        output.columns[i].ensure(filled + 1);
        output.columns[i].set(filled, rows.keys()[i], next);
      }
      copies++;
      filled++;
    }
    return filled;
  }

  private void nextRound() {
    leaveFiles();
    rows = null;
    holding.holdAnyway(0);
    Waiting pair = waiting.poll();
    if (pair != null) {
      level = pair.level;
      ColumnMapping mapping = new ColumnMapping(layout, layout);
      round(
          () -> new SpillScan(pair.left, layout, true),
          mapping,
          () -> new SpillScan(pair.right, layout, true),
          mapping);
      pair.close();
    }
  }

  private void leaveFiles() {
    for (int i = 0; leftOthers != null && i < SpillPartitions.COUNT; i++) {
      Waiting pair = new Waiting(leftOthers.file(i), rightOthers.file(i), level + 1);
      boolean needsBoth = plan.plan.kind() == SetKind.INTERSECT;
      if (pair.left.rows() > 0 && (pair.right.rows() > 0 || !needsBoth)) {
        pair.left.seal();
        pair.right.seal();
        use.wrote(pair.left);
        use.wrote(pair.right);
        waiting.push(pair);
      } else {
        pair.close();
      }
    }
    leftOthers = null;
    rightOthers = null;
  }

  /**
   * Counts what there is room for of rows of both sides. The second is read if the first has any.
   */
  private void round(
      Supplier<Operator> first,
      ColumnMapping firstMapping,
      Supplier<Operator> second,
      ColumnMapping secondMapping) {
    use.begin();
    rows = new KeyTable(output.columns);
    left = new long[0];
    right = new long[0];
    next = 0;
    copies = 0;
    count(first, firstMapping, true);
    if (rows.size() > 0) {
      count(second, secondMapping, false);
    }
  }

  private void count(Supplier<Operator> side, ColumnMapping mapping, boolean isLeft) {
    Operator input = side.get();
    try {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        execution.cancellation().check();
        Batch mapped = mapping.apply(batch);
        if (isLeft) {
          countLeft(mapped);
        } else {
          countRight(mapped);
        }
        hold();
      }
    } finally {
      input.close();
    }
  }

  /** Takes in no new rows of the first side when there is no room. */
  private void hold() {
    long bytes = rows.heapBytes() + 8L * (left.length + right.length);
    use.hold(bytes);
    if (leftOthers != null) {
      holding.holdAnyway(bytes + leftOthers.heapBytes() + rightOthers.heapBytes());
    } else if (!holding.tryHold(bytes)) {
      if (level > SpillPartitions.LEVEL_MAX) {
        holding.set(bytes);
      } else {
        leftOthers = execution.memory().newPartitions(layout, level);
        rightOthers = execution.memory().newPartitions(layout, level);
      }
    }
  }

  private void countLeft(Batch batch) {
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      int row =
          leftOthers == null ? rows.findOrAdd(batch.columns, position) : find(batch, position);
      if (row != KeyTable.ABSENT) {
        if (row >= left.length) {
          left = Arrays.copyOf(left, Math.max(16, row * 2));
          right = Arrays.copyOf(right, left.length);
        }
        left[row]++;
      }
    }
  }

  /** The row that is held; one that is not goes to its partition. */
  private int find(Batch batch, int position) {
    int hash = KeyTable.hash(batch.columns, position);
    int row = rows.find(batch.columns, position, hash);
    if (row == KeyTable.ABSENT) {
      leftOthers.append(hash, batch.columns, position);
    }
    return row;
  }

  private void countRight(Batch batch) {
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      int row = rows.find(batch.columns, position);
      if (row != KeyTable.ABSENT) {
        right[row]++;
      } else if (leftOthers != null) {
        keepRight(batch, position);
      }
    }
  }

  /** Keeps a row that may equal one of the first side that waits. */
  private void keepRight(Batch batch, int position) {
    int hash = KeyTable.hash(batch.columns, position);
    if (leftOthers.file(SpillPartitions.partition(hash, level)).rows() > 0) {
      rightOthers.append(hash, batch.columns, position);
    }
  }

  private long wanted(int row) {
    boolean except = plan.plan.kind() == SetKind.EXCEPT;
    if (!plan.plan.all()) {
      return (right[row] == 0) == except ? 1 : 0;
    }
    return except ? left[row] - right[row] : Math.min(left[row], right[row]);
  }

  @Override
  public Optional<NodeNote> note() {
    return Optional.of(use.note("HashSetOp Batches"));
  }

  @Override
  public void close() {
    begun = true;
    rows = null;
    if (leftOthers != null) {
      leftOthers.close();
      rightOthers.close();
    }
    waiting.forEach(Waiting::close);
    waiting.clear();
    holding.release();
  }
}
