// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.NodeNote;
import java.util.List;
import java.util.Optional;

/**
 * Sorts all rows of its input, stably, by a merge sort over row numbers. When only the first rows
 * are asked for, it cuts its buffer back to them whenever the buffer has grown to several times as
 * many, so that memory and time depend on the limit. What has no room in memory is sorted part by
 * part, and the parts are merged from temporary files.
 */
final class SortOperator implements Operator {
  /** A buffer shorter than this is not cut back. */
  private static final int CUT_ROWS_MIN = 4096;

  private final Operator input;
  private final QueryMemory.Holding holding;
  private final Execution execution;
  private final List<Variable> layout;
  private final RowSorter sorter;
  private final long needed;
  private ColumnBuffer buffer;
  private int[] order;
  private SortedRuns runs;
  private RowMerge merge;
  private long peakBytes;
  private long next;
  private final Batch output;

  SortOperator(
      Operator input, List<Variable> layout, List<SortKey> keys, long needed, Execution execution) {
    this.input = input;
    this.execution = execution;
    this.layout = layout;
    holding = execution.memory().spillable("sort");
    this.needed = needed;
    int[] keyColumns = new int[keys.size()];
    boolean[] descending = new boolean[keys.size()];
    boolean[] nullsFirst = new boolean[keys.size()];
    for (int i = 0; i < keyColumns.length; i++) {
      keyColumns[i] = layout.indexOf(keys.get(i).variable());
      descending[i] = keys.get(i).descending();
      nullsFirst[i] = keys.get(i).nullsFirst();
    }
    sorter = new RowSorter(keyColumns, descending, nullsFirst);
    output = ColumnBuffer.batchOf(layout);
  }

  @Override
  public Batch next() {
    if (order == null) {
      collect();
    }
    int most = (int) Math.min(Batch.ROWS_MAX, needed - next);
    return merge != null ? merged(most) : sorted(most);
  }

  private Batch sorted(int most) {
    int count = (int) Math.min(most, order.length - next);
    if (count <= 0) {
      return null;
    }
    buffer.gather(order, (int) next, count, output);
    next += count;
    return output;
  }

  private Batch merged(int most) {
    execution.cancellation().check();
    if (most <= 0 || !merge.next(output, most)) {
      return null;
    }
    next += output.count;
    return output;
  }

  private void collect() {
    buffer = new ColumnBuffer(layout);
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      buffer.append(batch);
      if (buffer.rows >= CUT_ROWS_MIN && buffer.rows / 4 >= needed) {
        cut();
      }
      if (!tryHold()) {
        makeRoom();
      }
    }
    input.close();
    if (runs == null) {
      order = sorter.sort(buffer);
    } else {
      spill();
      buffer = null;
      order = new int[0];
      merge = runs.merge();
    }
  }

  private boolean tryHold() {
    long bytes = buffer.heapBytes() + RowSorter.ROW_BYTES * buffer.rows;
    peakBytes = Math.max(peakBytes, bytes);
    return holding.tryHold(bytes);
  }

  private void makeRoom() {
    if (buffer.rows / 2 >= needed) {
      cut();
      if (tryHold()) {
        return;
      }
    }
    spill();
  }

  /** Writes what is in the buffer as a run, and forgets it. */
  private void spill() {
    if (runs == null) {
      runs = new SortedRuns(layout, sorter, needed, execution, holding);
    }
    if (buffer.rows > 0) {
      runs.add(buffer);
      buffer.forget();
      holding.holdAnyway(buffer.heapBytes());
    }
  }

  /** Keeps the first rows only; their order among equals stays that of arrival. */
  private void cut() {
    int[] positions = sorter.sort(buffer);
    ColumnBuffer kept = new ColumnBuffer(layout);
    Batch rows = ColumnBuffer.batchOf(layout);
    buffer.gather(positions, 0, (int) needed, rows);
    kept.append(rows);
    buffer = kept;
  }

  @Override
  public Optional<NodeNote> note() {
    if (runs != null) {
      return Optional.of(NodeNote.sort("external merge", "Disk", runs.writtenBytes()));
    }
    String method = needed == Long.MAX_VALUE ? "merge sort" : "top-N merge sort";
    return Optional.of(NodeNote.sort(method, "Memory", peakBytes));
  }

  @Override
  public void close() {
    input.close();
    holding.release();
    buffer = null;
    order = new int[0];
    merge = null;
    if (runs != null) {
      runs.close();
    }
  }
}
