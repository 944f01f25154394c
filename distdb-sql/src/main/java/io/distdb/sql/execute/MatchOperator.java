// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Joins whose condition decides about more than pairs: outer, semi and anti joins.
 *
 * <p>Candidates, pairs of an outer row with its partners, are collected batch by batch, the
 * condition is evaluated for the batch, and the outer rows (and the inner ones, where they are
 * kept) of the pairs that satisfy it are marked. After the last candidate of an outer batch its
 * unmarked rows are known: they go out with NULLs (LEFT, FULL) or alone (ANTI); the marked ones go
 * out alone for SEMI. Unmarked inner rows follow at the end (RIGHT, FULL). Candidates never span
 * outer batches, because those are valid only until the next one.
 */
final class MatchOperator implements Operator {
  private final JoinType type;
  private final Operator outer;
  private final Partners partners;
  private final Program condition;
  private final Frame frame;
  private final Execution execution;
  private final int outerColumns;
  private final OuterMatches earlier;
  private final Batch candidates;
  private final Batch alone = new Batch(null);
  private int capacity = Batch.ROWS_FIRST;
  private int[] outerOf = new int[Batch.ROWS_FIRST];
  private int[] innerOf = new int[Batch.ROWS_FIRST];
  private int[] selection = new int[Batch.ROWS_FIRST];
  private boolean[] outerMatched = {};
  private boolean[] innerMatched = {};
  private Batch batch;
  private int ordinal;
  private boolean within;
  private boolean outerDone;
  private int unmatchedInner;

  /**
   * @param layout outer columns, then inner ones
   * @param condition of one expression over {@code layout}; null: every candidate is a pair
   * @param earlier of outer rows that other operators read as well; null when this is the only one
   */
  MatchOperator(
      JoinType type,
      Operator outer,
      Partners partners,
      List<Variable> layout,
      int outerColumns,
      Program condition,
      OuterMatches earlier,
      Execution execution) {
    this.type = type;
    this.outer = outer;
    this.partners = partners;
    this.condition = condition;
    this.earlier = earlier;
    this.execution = execution;
    this.outerColumns = outerColumns;
    frame = condition == null ? null : condition.frame(execution);
    candidates = ColumnBuffer.batchOf(layout);
  }

  @Override
  public Batch next() {
    while (true) {
      execution.cancellation().check();
      if (batch == null && !enterBatch()) {
        return type.keepsSecond() ? unmatchedInner() : null;
      }
      Batch result = within || ordinal < batch.count ? matches() : leave();
      if (result != null) {
        return result;
      }
    }
  }

  private boolean enterBatch() {
    batch = outerDone ? null : outer.next();
    if (batch == null) {
      outerDone = true;
      return false;
    }
    partners.enterBatch(batch);
    ordinal = 0;
    within = false;
    if (outerMatched.length < batch.count) {
      outerMatched = new boolean[batch.count];
    }
    for (int n = 0; n < batch.count; n++) {
      outerMatched[n] = earlier != null && earlier.isMatched(n);
    }
    return true;
  }

  /** The next candidates, without those that the condition refuses; null when none is left. */
  private Batch matches() {
    int rows = collect();
    if (rows == 0) {
      return null;
    }
    candidates.setDense(rows);
    int kept = rows;
    if (condition == null) {
      for (int n = 0; n < rows; n++) {
        mark(n);
      }
    } else {
      kept = condition.select(0, frame, candidates, selection);
      for (int n = 0; n < kept; n++) {
        mark(selection[n]);
      }
      candidates.selected = selection;
      candidates.count = kept;
    }
    return kept == 0 || type.isExistence() ? null : candidates;
  }

  private void mark(int row) {
    outerMatched[outerOf[row]] = true;
    if (type.keepsSecond()) {
      int inner = innerOf[row];
      if (inner >= innerMatched.length) {
        innerMatched = Arrays.copyOf(innerMatched, Math.max(16, inner * 2));
      }
      innerMatched[inner] = true;
    }
  }

  /** Fills {@link #candidates} from the current outer batch. */
  private int collect() {
    int rows = 0;
    while (rows < Batch.ROWS_MAX && (within || ordinal < batch.count)) {
      if (!within) {
        partners.enterRow(batch.position(ordinal));
        within = true;
      }
      reserve(rows);
      boolean enough = type.isExistence() && outerMatched[ordinal];
      if (!enough && partners.next(candidates.columns, outerColumns, rows)) {
        take(rows++);
      } else {
        within = false;
        ordinal++;
      }
    }
    return rows;
  }

  private void take(int row) {
    int position = batch.position(ordinal);
    for (int i = 0; i < outerColumns; i++) {
      candidates.columns[i].set(row, batch.columns[i], position);
    }
    outerOf[row] = ordinal;
    if (partners instanceof Partners.Held held) {
      innerOf[row] = held.current();
    }
    if (type.isExistence() && condition == null) {
      outerMatched[ordinal] = true;
    }
  }

  private void reserve(int rows) {
    if (rows == capacity) {
      capacity = Batch.grow(rows);
      outerOf = Arrays.copyOf(outerOf, capacity);
      innerOf = Arrays.copyOf(innerOf, capacity);
      selection = new int[capacity + 1];
    }
    for (Vector column : candidates.columns) {
      column.ensure(capacity);
    }
  }

  /** What goes out when an outer batch is through; null when nothing does. */
  private Batch leave() {
    Batch left = batch;
    batch = null;
    boolean known = earlier == null || earlier.isLast();
    Batch result =
        switch (type) {
          case INNER, RIGHT -> null;
          case SEMI -> select(left, true);
          case ANTI -> known ? select(left, false) : null;
          case LEFT, FULL -> known ? withNulls(left) : null;
        };
    if (earlier != null) {
      earlier.add(outerMatched, left.count);
    }
    return result;
  }

  private Batch select(Batch from, boolean matched) {
    if (selection.length <= from.count) {
      selection = new int[from.count + 1];
    }
    int count = 0;
    for (int n = 0; n < from.count; n++) {
      boolean before = matched && earlier != null && earlier.isMatched(n);
      if (outerMatched[n] == matched && !before) {
        selection[count++] = from.position(n);
      }
    }
    alone.columns = from.columns;
    alone.extent = from.extent;
    alone.selected = selection;
    alone.count = count;
    return count == 0 ? null : alone;
  }

  /** The unmatched rows of an outer batch. */
  private Batch withNulls(Batch from) {
    int rows = 0;
    for (int n = 0; n < from.count; n++) {
      if (!outerMatched[n]) {
        room(rows + 1);
        for (int i = 0; i < candidates.columns.length; i++) {
          if (i < outerColumns) {
            candidates.columns[i].set(rows, from.columns[i], from.position(n));
          } else {
            candidates.columns[i].nulls[rows] = true;
          }
        }
        rows++;
      }
    }
    candidates.setDense(rows);
    return rows == 0 ? null : candidates;
  }

  private void room(int rows) {
    for (Vector column : candidates.columns) {
      column.ensure(rows);
    }
  }

  private Batch unmatchedInner() {
    ColumnBuffer inner = ((Partners.Held) partners).rows();
    int rows = 0;
    while (rows < Batch.ROWS_MAX && unmatchedInner < inner.rows) {
      int row = unmatchedInner++;
      if (row < innerMatched.length && innerMatched[row]) {
        continue;
      }
      room(rows + 1);
      for (int i = 0; i < candidates.columns.length; i++) {
        if (i < outerColumns) {
          candidates.columns[i].nulls[rows] = true;
        } else {
          candidates.columns[i].set(rows, inner.columns[i - outerColumns], row);
        }
      }
      rows++;
    }
    candidates.setDense(rows);
    return rows == 0 ? null : candidates;
  }

  @Override
  public void close() {
    partners.close();
    outer.close();
  }
}
