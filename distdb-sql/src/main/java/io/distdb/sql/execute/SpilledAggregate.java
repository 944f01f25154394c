// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * One aggregate call whose rows have no room in memory: they wait in runs sorted by group, and each
 * group is aggregated when its result is asked for, so that what is held at the end is the state of
 * one group. With DISTINCT alone runs are sorted by the arguments too, so that equal ones meet
 * (Bitton and DeWitt, "Duplicate record elimination in large data files", ACM TODS 8(2), 1983).
 *
 * <p>A group whose own state has no room, such as an array, ends the statement.
 */
final class SpilledAggregate {
  private final AggregateCall call;
  private final List<Variable> layout;
  private final Execution execution;
  private final QueryMemory.Holding holding;

  /** Of the state of one group. */
  private final QueryMemory.Holding groupHolding;

  private final SortedRuns runs;
  private final boolean distinct;
  private final Vector[] arguments;

  /** Rows of the next run; those of DISTINCT without an order are in {@link #seen}. */
  private ColumnBuffer buffer;

  private KeyTable seen;

  /** Of each group the values that came, if the aggregate asks for it; else null. */
  private long[] counts;

  /** Null when there are no rows. */
  private RowMerge merge;

  /** Rows in order; {@link #row} is the next. */
  private Batch sorted;

  private int row;
  private Vector[] last;

  /**
   * @param layout group, arguments, keys of the order
   * @param sorter by group, then as the call asks
   */
  SpilledAggregate(
      AggregateCall call, List<Variable> layout, RowSorter sorter, Execution execution) {
    this.call = call;
    this.layout = layout;
    this.execution = execution;
    holding = execution.memory().holding("sort of an aggregate");
    groupHolding = execution.memory().holding("group of " + call.function().name());
    runs = new SortedRuns(layout, sorter, Long.MAX_VALUE, execution, holding);
    distinct = call.distinct() && !call.arguments().isEmpty();
    arguments = new Vector[call.arguments().size()];
    buffer = new ColumnBuffer(layout);
    counts = Aggregators.of(call.function()).counts() ? new long[0] : null;
  }

  /** Whether it tells equal arguments apart as they come. */
  private boolean isSet() {
    return distinct && call.order().isEmpty();
  }

  /** Rows that somebody gathered before; they are its own from now on. */
  void take(ColumnBuffer rows) {
    buffer = rows;
  }

  /** Groups with arguments that somebody gathered before; they are its own from now on. */
  void take(KeyTable pairs) {
    seen = pairs;
  }

  void add(Batch rows) {
    if (!isSet()) {
      buffer.append(rows);
      return;
    }
    if (seen == null) {
      seen = new KeyTable(rows.columns);
    }
    for (int n = 0; n < rows.count; n++) {
      seen.findOrAdd(rows.columns, rows.position(n));
    }
  }

  /** What {@link #spill} frees, an estimate. */
  long heapBytes() {
    return buffer == null
        ? 0
        : buffer.heapBytes()
            + (counts == null ? 0 : 8L * counts.length)
            + RowSorter.ROW_BYTES * buffer.rows
            + (seen == null ? 0 : seen.heapBytes() + RowSorter.ROW_BYTES * seen.size());
  }

  /** Writes a run of what it has. */
  void spill() {
    if (seen != null) {
      System.arraycopy(seen.keys(), 0, buffer.columns, 0, layout.size());
      buffer.rows = seen.size();
      seen = null;
    }
    if (buffer.rows > 0) {
      count();
      runs.add(buffer);
    }
    buffer = new ColumnBuffer(layout);
  }

  private void count() {
    Vector values = buffer.columns[arguments.length];
    for (int n = 0; counts != null && n < buffer.rows; n++) {
      int group = (int) buffer.columns[0].longs[n];
      counts = Aggregators.room(counts, group + 1);
      counts[group] += values.nulls[n] ? 0 : 1;
    }
  }

  /** No more rows come. */
  void finish() {
    spill();
    buffer = null;
    if (runs.count() > 0) {
      merge = runs.merge();
      sorted = ColumnBuffer.batchOf(layout);
      sorted.setDense(0);
    }
  }

  /** Writes the result of a group; groups are asked for once, in ascending order. */
  void result(int group, Vector target, int at) {
    Aggregator aggregator = Aggregators.of(call.function());
    aggregator.ensure(1);
    if (counts != null && group < counts.length) {
      aggregator.expect(0, counts[group]);
    }
    KeyTable met = null;
    last = null;
    while (isOf(group)) {
      System.arraycopy(sorted.columns, 1, arguments, 0, arguments.length);
      boolean counts = true;
      if (isSet()) {
        counts = isNew();
      } else if (distinct) {
        met = met == null ? new KeyTable(arguments) : met;
        int known = met.size();
        counts = met.findOrAdd(arguments, row) == known;
      }
      if (counts) {
        aggregator.add(0, arguments, row);
      }
      row++;
      if (row == sorted.count) {
        groupHolding.set(aggregator.heldBytes() + (met == null ? 0 : met.heapBytes()));
      }
    }
    aggregator.result(0, target, at);
  }

  /** Whether the next row is of the group. */
  private boolean isOf(int group) {
    if (merge == null) {
      return false;
    }
    if (row == sorted.count) {
      execution.cancellation().check();
      row = 0;
      if (!merge.next(sorted, Batch.ROWS_MAX)) {
        return false;
      }
    }
    return sorted.columns[0].longs[row] == group;
  }

  /** Whether the row differs from the one before it in its group. */
  private boolean isNew() {
    boolean isNew = last == null;
    if (isNew) {
      last = new Vector[arguments.length];
      for (int i = 0; i < last.length; i++) {
        last[i] = new Vector(arguments[i].type, 1);
      }
    }
    for (int i = 0; i < last.length; i++) {
      isNew = isNew || !last[i].same(0, arguments[i], row);
      last[i].set(0, arguments[i], row);
    }
    return isNew;
  }

  /** Frees memory and files. May be called twice. */
  void close() {
    buffer = null;
    seen = null;
    if (merge != null) {
      merge.close();
    }
    runs.close();
    holding.release();
    groupHolding.release();
  }
}
