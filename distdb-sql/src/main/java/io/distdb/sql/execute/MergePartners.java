// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;

/**
 * The inner side of a merge join, as two sides ordered by their keys are walked side by side
 * (Blasgen and Eswaran, "Storage and access in relational data bases", 1977).
 *
 * <p>For each outer batch, the inner rows that equal one of its rows are gathered once, so that
 * pairs are then made column by column. Inner rows of one key are a run; outer rows of the same key
 * share it, and the last run of a batch is kept for the next batch, which may begin with its key.
 * So what is held is the partners of one outer batch, not a side. NULL keys match nothing and may
 * stand at either end.
 */
final class MergePartners implements Partners.Paired {
  /** What is compiled once. */
  static final class Factory {
    private final OperatorFactory input;
    private final PhysicalPlan.MergeJoin plan;
    private final Program outerKeys;
    private final Program innerKeys;

    Factory(OperatorFactory input, PhysicalPlan.MergeJoin plan) {
      Invariant.check(!plan.type().keepsSecond(), "a merge join keeps no rows of its second side");
      this.input = input;
      this.plan = plan;
      outerKeys = ExpressionCompiler.compile(plan.left().output(), plan.leftKeys());
      innerKeys = ExpressionCompiler.compile(plan.right().output(), plan.rightKeys());
    }

    Partners.Paired open(Execution execution) {
      return new MergePartners(this, execution);
    }
  }

  private final Factory plan;
  private final QueryMemory.Holding holding;
  private final Frame outerFrame;
  private final Frame innerFrame;
  private final Vector[] outerKeys;
  private final Vector[] innerKeys;
  private final Operator input;

  /** Partners of the rows of the outer batch, run after run. */
  private ColumnBuffer rows;

  /** The key of the last outer row that had one. */
  private Vector[] lastKey;

  private int lastFrom;
  private int lastCount;

  /** Where the partners of each row of the outer batch are, by its ordinal. */
  private int[] from = {};

  private int[] count = {};

  private Batch inner;
  private int innerOrdinal;
  private boolean innerDone;

  private int ordinal;
  private int step;

  private MergePartners(Factory plan, Execution execution) {
    this.plan = plan;
    holding = execution.memory().holding("run of the merge join");
    outerFrame = plan.outerKeys.frame(execution);
    innerFrame = plan.innerKeys.frame(execution);
    outerKeys = new Vector[plan.outerKeys.size()];
    innerKeys = new Vector[plan.innerKeys.size()];
    rows = new ColumnBuffer(plan.plan.right().output());
    input = plan.input.open(execution);
  }

  @Override
  public void enterBatch(Batch outer) {
    for (int i = 0; i < outerKeys.length; i++) {
      outerKeys[i] = plan.outerKeys.evaluate(i, outerFrame, outer);
    }
    keepLastRun();
    if (from.length < outer.count) {
      from = new int[outer.count];
      count = new int[outer.count];
    }
    for (int n = 0; n < outer.count; n++) {
      int position = outer.position(n);
      if (anyNull(outerKeys, position)) {
        count[n] = 0;
        continue;
      }
      if (lastKey == null || moved(position)) {
        remember(position);
        collect();
      }
      from[n] = lastFrom;
      count[n] = lastCount;
    }
    holding.set(rows.heapBytes());
    ordinal = -1;
    step = 0;
  }

  /** Only the last run can have partners in the next batch. */
  private void keepLastRun() {
    if (lastCount == rows.rows) {
      return; // it is at 0 already
    }
    ColumnBuffer kept = new ColumnBuffer(plan.plan.right().output());
    for (int i = 0; i < lastCount; i++) {
      kept.append(rows.columns, lastFrom + i);
    }
    rows = kept;
    lastFrom = 0;
  }

  /** Whether the outer row has another key than the one before; a lesser one is an error. */
  private boolean moved(int position) {
    int order = compare(outerKeys, position, lastKey, 0);
    Invariant.check(order >= 0, "the first side of a merge join is not ordered");
    return order > 0;
  }

  private void remember(int position) {
    if (lastKey == null) {
      lastKey = new Vector[outerKeys.length];
      for (int i = 0; i < lastKey.length; i++) {
        lastKey[i] = new Vector(outerKeys[i].type, 1);
      }
    }
    for (int i = 0; i < lastKey.length; i++) {
      lastKey[i].set(0, outerKeys[i], position);
    }
  }

  /** Takes the inner rows of the last key, passing over those before it. */
  private void collect() {
    lastFrom = rows.rows;
    lastCount = 0;
    while (atInner()) {
      int position = inner.position(innerOrdinal);
      if (!anyNull(innerKeys, position)) {
        int order = compare(innerKeys, position, lastKey, 0);
        if (order > 0) {
          return;
        }
        if (order == 0) {
          rows.append(inner.columns, position);
          lastCount++;
        }
      }
      innerOrdinal++;
    }
  }

  /** Sees to it that there is an inner row to look at. */
  private boolean atInner() {
    while (!innerDone && (inner == null || innerOrdinal == inner.count)) {
      holding.set(rows.heapBytes());
      inner = input.next();
      innerOrdinal = 0;
      innerDone = inner == null;
      for (int i = 0; i < innerKeys.length && !innerDone; i++) {
        innerKeys[i] = plan.innerKeys.evaluate(i, innerFrame, inner);
      }
    }
    return !innerDone;
  }

  private static int compare(Vector[] left, int position, Vector[] right, int at) {
    for (int i = 0; i < left.length; i++) {
      int order = left[i].compare(position, right[i], at);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static boolean anyNull(Vector[] keys, int position) {
    for (Vector key : keys) {
      if (key.nulls[position]) {
        return true;
      }
    }
    return false;
  }

  /** Of the outer batch that was entered last, and perhaps of the end of the one before. */
  @Override
  public ColumnBuffer rows() {
    return rows;
  }

  @Override
  public int pairs(Batch outer, int[] outerRows, int[] partners) {
    int found = 0;
    if (ordinal < 0) {
      ordinal = 0;
    }
    while (ordinal < outer.count && found < partners.length) {
      int position = outer.position(ordinal);
      int left = Math.min(count[ordinal] - step, partners.length - found);
      for (int i = 0; i < left; i++) {
        outerRows[found] = position;
        partners[found++] = from[ordinal] + step++;
      }
      if (step == count[ordinal]) {
        ordinal++;
        step = 0;
      }
    }
    return found;
  }

  /** Rows are entered one after the other, in the order of the batch. */
  @Override
  public void enterRow(int position) {
    ordinal++;
    step = 0;
  }

  @Override
  public boolean next(Vector[] columns, int first, int at) {
    if (step == count[ordinal]) {
      return false;
    }
    int row = from[ordinal] + step++;
    for (int i = 0; i < rows.columns.length; i++) {
      columns[first + i].set(at, rows.columns[i], row);
    }
    return true;
  }

  @Override
  public int current() {
    return from[ordinal] + step - 1;
  }

  @Override
  public void close() {
    input.close();
    holding.release();
  }
}
